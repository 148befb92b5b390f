package dev.sshtunnels.operator.edits;

/** What an edit leads to, in the words of the page. */
enum Effect {
    REFUSED("refused"),
    NEW_PODS("new pods"),
    NUMBER_OF_PODS("more or fewer pods"),
    OTHER_PODS("moves to the pods of the other server"),
    IN_PLACE("in place"),
    SERVICE("Service"),
    NOTHING("nothing");

    private final String words;

    Effect(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
