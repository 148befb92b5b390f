{{/*
Everything that the operator may do in the namespaces it serves. There is no verb on Secrets: the kubelet mounts them
into the agents' pods, and the agents say what is missing or broken. There is no update: what the operator owns it
applies (server-side apply), which takes patch, and create for what is not there yet.
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
  verbs: [patch]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [configmaps, services]
  verbs: [get, list, watch, create, patch, delete]
# An annotation on the pod makes the kubelet bring a changed ConfigMap at once.
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, patch]
- apiGroups: [discovery.k8s.io]
  resources: [endpointslices]
  verbs: [get, list, watch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end -}}
