package dev.aigateway.config;

import java.util.List;

/** What became of a reload. No part of it holds a secret. */
public sealed interface ReloadResult {
    /** Keys whose new values wait for a restart; until then the old ones stay in force. */
    List<String> restartNeeded();

    /**
     * A new configuration is in force.
     *
     * @param changes one for each key that changed, for people
     */
    record Applied(List<String> changes, List<String> restartNeeded) implements ReloadResult {
        public Applied {
            changes = List.copyOf(changes);
            restartNeeded = List.copyOf(restartNeeded);
        }
    }

    /** What is in force is what the files say, apart from what needs a restart. */
    record Unchanged(List<String> restartNeeded) implements ReloadResult {
        public Unchanged {
            restartNeeded = List.copyOf(restartNeeded);
        }
    }

    /** The files cannot be used; the old configuration stays in force. */
    record Refused(List<ConfigProblem> problems) implements ReloadResult {
        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public List<String> restartNeeded() {
            return List.of();
        }
    }
}
