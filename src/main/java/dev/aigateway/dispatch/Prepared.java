package dev.aigateway.dispatch;

import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.upstream.UpstreamCall;
import java.util.List;

/**
 * A request ready to be sent.
 *
 * @param notes what could not be said in the upstream's dialect
 */
record Prepared(UpstreamCall call, List<TranslationNotes.Note> notes) {}
