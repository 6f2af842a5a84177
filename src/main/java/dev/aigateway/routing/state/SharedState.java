package dev.aigateway.routing.state;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The port behind which everything stands that replicas may have to share: a register of small immutable values, each
 * changed in one atomic step. {@link LocalState} is the default, inside this process.
 */
public interface SharedState {
    /** {@link Standing#GOOD} for whom nothing is known. */
    Standing of(Subject subject);

    /** Whether nothing is known of anybody, which is the usual case and must be cheap to ask. */
    boolean isQuiet();

    /**
     * Replaces what is known, atomically; {@link Standing#GOOD} forgets.
     *
     * @param change without side effects: it may run more than once
     * @return what is known now
     */
    Standing update(Subject subject, UnaryOperator<Standing> change);

    /** Everybody of whom something is known, as a snapshot. */
    Map<Subject, Standing> all();
}
