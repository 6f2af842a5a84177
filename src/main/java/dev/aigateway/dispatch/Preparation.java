package dev.aigateway.dispatch;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.dispatch.rules.RequestRules;
import dev.aigateway.routing.Candidate;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.repair.Repair;
import dev.aigateway.translation.repair.RepairedBody;
import dev.aigateway.upstream.Operation;
import dev.aigateway.upstream.UpstreamCall;
import java.util.List;

/**
 * What every body goes through last on its way to a candidate: the rules of the configuration, then the repairs that are
 * due. Any thread.
 */
record Preparation(ClientRequest request, RequestRules rules) {
    /** How many bytes there are to look through in a body of the client's own dialect: none when it goes as it is. */
    int work(Candidate candidate, byte[] body, List<Repair> due) {
        return due.isEmpty() ? rules.work(candidate, request.dialect(), body) : body.length;
    }

    /**
     * @param spoken the dialect of the body
     * @param stream whether it asks for a stream
     */
    Prepared of(
            Candidate candidate,
            Dialect spoken,
            boolean stream,
            byte[] body,
            List<Repair> due,
            TranslationNotes notes) {
        // What a rule puts in, a repair may have to take out.
        byte[] ruled = rules.body(candidate, spoken, body);
        byte[] repaired = RepairedBody.of(spoken, request.dialect(), ruled, due, notes);
        UpstreamCall call = new UpstreamCall(
                candidate.provider(),
                candidate.key(),
                spoken,
                candidate.model(),
                Operation.GENERATE,
                stream,
                ByteCollector.wrap(repaired),
                request.forwarded(),
                rules.headers(candidate, request.forwarded()));
        return new Prepared(call, notes.all());
    }
}
