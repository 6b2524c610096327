package io.stackel.experiment;

/** The JSON Schemas of the files that a user writes. */
public enum FileSchema {
    /** Configurations, of {@code stackel run}. */
    RUN {
        @Override
        public String json(Vocabulary vocabulary) {
            return ConfigurationSchema.json(vocabulary);
        }
    },
    /** Sweeps, of {@code stackel sweep run}. */
    SWEEP {
        @Override
        public String json(Vocabulary vocabulary) {
            return SweepKeys.json();
        }
    },
    /** Problem files, of {@code problem.file}. */
    GAME {
        @Override
        public String json(Vocabulary vocabulary) {
            return ProblemFileSchema.json();
        }
    };

    /** The schema, as indented JSON; configurations may use the names of {@code vocabulary}. */
    public abstract String json(Vocabulary vocabulary);
}
