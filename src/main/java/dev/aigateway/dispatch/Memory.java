package dev.aigateway.dispatch;

import dev.aigateway.dispatch.history.Affinities;
import dev.aigateway.dispatch.history.ResponseStore;
import dev.aigateway.dispatch.history.SignatureCache;
import dev.aigateway.dispatch.rules.ProcessIdentity;
import jakarta.inject.Singleton;

/** What outlives a request and serves later ones. Safe for concurrent use. */
@Singleton
class Memory {
    private final ResponseStore responses;
    private final Affinities affinities;
    private final SignatureCache signatures;
    private final LearnedRepairs repairs;
    private final ProcessIdentity identity;

    Memory(
            ResponseStore responses,
            Affinities affinities,
            SignatureCache signatures,
            LearnedRepairs repairs,
            ProcessIdentity identity) {
        this.responses = responses;
        this.affinities = affinities;
        this.signatures = signatures;
        this.repairs = repairs;
        this.identity = identity;
    }

    ResponseStore responses() {
        return responses;
    }

    Affinities affinities() {
        return affinities;
    }

    SignatureCache signatures() {
        return signatures;
    }

    LearnedRepairs repairs() {
        return repairs;
    }

    ProcessIdentity identity() {
        return identity;
    }
}
