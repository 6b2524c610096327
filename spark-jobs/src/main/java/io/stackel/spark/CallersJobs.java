package io.stackel.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How the calling thread lists its jobs, so that a batch on a context that others use too leaves it as it was.
 *
 * @param properties of the thread by name; null where there is none
 */
record CallersJobs(Map<String, String> properties) {

    /** The group of a thread, as {@link JavaSparkContext#setJobGroup} sets it. */
    static CallersJobs of(JavaSparkContext context) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String name : new String[] {"spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel"}) {
            properties.put(name, context.getLocalProperty(name));
        }
        return new CallersJobs(properties);
    }

    /** Puts it back. */
    void restore(JavaSparkContext context) {
        properties.forEach(context::setLocalProperty);
    }
}
