package dev.aigateway.routing;

/** What a request should do next. */
public sealed interface Next {
    /** Try this one. */
    record Try(Lease lease) implements Next {}

    /** Wait for a place: everybody who could serve it has as much to do as is allowed. */
    record Full() implements Next {}

    /** Nobody is left in this round. */
    record Nobody() implements Next {}
}
