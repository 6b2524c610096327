/**
 * The configuration of a run: how it is read, what identifies it, and the names that it may use.
 *
 * <p>A configuration is YAML (or JSON) text. {@link io.stackel.experiment.ConfigurationDecoder} turns it into an
 * {@link io.stackel.experiment.ExperimentConfiguration} or into one exception with every mistake and its position.
 * Everything about a key (type, default, bounds, effect, help) comes from one {@link io.stackel.problem.Parameter}: the
 * fixed sections are declared in {@code FixedSections}, the keys of problems, policies and algorithms are passed in as a
 * {@link io.stackel.experiment.Vocabulary}. {@link io.stackel.experiment.RunIdentity} says when two configurations are
 * the same run.
 *
 * <p>Must not import the Spark engine, Hadoop or a package to its left in the order of packages. Start reading at
 * {@code FixedSections}, then {@code ConfigurationDecoder}.
 */
package io.stackel.experiment;
