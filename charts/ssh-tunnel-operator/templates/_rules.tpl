{{/*
Everything that the operator may do in the namespaces it serves. There is no verb on Secrets: the kubelet mounts them
into the agents' pods, and the agents say what is missing or broken.
*/}}
{{- define "operator.rules" -}}
- apiGroups: [sshtunnels.dev]
  resources: [sshservers, sshtunnels]
  verbs: [get, list, watch]
# An SshServer of its own for each tunnel with an inline server.
- apiGroups: [sshtunnels.dev]
  resources: [sshservers]
  verbs: [create, patch, delete]
- apiGroups: [sshtunnels.dev]
  resources: [sshservers/status, sshtunnels/status]
  verbs: [get, patch, update]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch, update, delete]
- apiGroups: [""]
  resources: [configmaps, services]
  verbs: [get, list, watch, create, patch, update, delete]
# An annotation on the pod makes the kubelet bring a changed ConfigMap at once.
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, patch]
- apiGroups: [discovery.k8s.io]
  resources: [endpointslices]
  verbs: [get, list, watch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}
