package dev.aigateway.dispatch;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.routing.Candidate;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.TranslationNotes.Fidelity;
import dev.aigateway.translation.repair.Recognition;
import dev.aigateway.translation.repair.Repair;
import dev.aigateway.translation.repair.RepairedBody;
import dev.aigateway.upstream.UpstreamCall;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How one request is changed for an upstream that refused it in recognised words. Of each kind there is one repair, and
 * two in all, per provider and model; those that the model will always need are learned for later requests. Under strict
 * translation nothing is dropped, so that the refusal stands.
 *
 * <p>Confined to one exchange (translation reference, sections 9.5 and 15.6).
 */
final class Repairs {
    private static final int MOST = 2;

    private final LearnedRepairs learned;
    private final Dialect client;
    private final boolean strict;
    private final Offload offload;
    private final Map<Upstream, State> states = new HashMap<>();

    private record Upstream(String provider, String model) {
        static Upstream of(Candidate candidate) {
            return new Upstream(candidate.provider().name(), candidate.model());
        }
    }

    /**
     * @param kinds what this request was repaired in
     * @param untold what is to be learned once it has helped
     */
    private record State(List<Repair> due, Set<String> kinds, List<Repair> untold) {}

    Repairs(LearnedRepairs learned, Dialect client, boolean strict, Offload offload) {
        this.learned = learned;
        this.client = client;
        this.strict = strict;
        this.offload = offload;
    }

    /** What a request to this candidate has to heed, once and for all or for this request. */
    List<Repair> of(Candidate candidate) {
        return List.copyOf(state(candidate).due());
    }

    /** The refused request in a form that avoids the reason for its refusal; empty when there is none. */
    Uni<Optional<Prepared>> repaired(Candidate candidate, Prepared refused, GatewayError refusal) {
        UpstreamCall call = refused.call();
        State state = state(candidate);
        Optional<Repair> found = Recognition.of(call.dialect(), refusal)
                .filter(this::isAllowed)
                .filter(repair -> state.kinds().size() < MOST && !state.kinds().contains(repair.kind()));
        if (found.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Repair repair = found.get();
        return offload.run(call.body().length(), () -> apply(repair, refused))
                .onItem()
                .invoke(prepared -> prepared.ifPresent(changed -> remember(candidate, state, repair)));
    }

    private boolean isAllowed(Repair repair) {
        return !strict || repair.fidelity() != Fidelity.DROPPED;
    }

    private State state(Candidate candidate) {
        return states.computeIfAbsent(
                Upstream.of(candidate),
                upstream -> new State(
                        new ArrayList<>(learned.of(upstream.provider(), upstream.model()).stream()
                                .filter(this::isAllowed)
                                .toList()),
                        new HashSet<>(),
                        new ArrayList<>()));
    }

    private Optional<Prepared> apply(Repair repair, Prepared refused) {
        TranslationNotes notes = new TranslationNotes(strict);
        UpstreamCall call = refused.call();
        byte[] body = call.body().getBytes();
        byte[] changed = RepairedBody.of(call.dialect(), client, body, List.of(repair), notes);
        if (changed == body) {
            return Optional.empty();
        }
        Set<TranslationNotes.Note> all = new LinkedHashSet<>(refused.notes());
        all.addAll(notes.all());
        return Optional.of(new Prepared(call.withBody(ByteCollector.wrap(changed)), List.copyOf(all)));
    }

    private void remember(Candidate candidate, State state, Repair repair) {
        state.kinds().add(repair.kind());
        state.due().removeIf(earlier -> earlier.kind().equals(repair.kind()));
        state.due().add(repair);
        if (repair.isLasting()) {
            state.untold().add(repair);
        }
    }

    /** The provider has taken the request as it is now. */
    void accepted(Candidate candidate) {
        State state = states.get(Upstream.of(candidate));
        if (state != null) {
            state.untold().forEach(repair -> learned.learn(candidate.provider().name(), candidate.model(), repair));
            state.untold().clear();
        }
    }
}
