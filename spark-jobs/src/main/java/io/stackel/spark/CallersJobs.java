package io.stackel.spark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CallSite;

/**
 * How the calling thread lists its jobs, so that a batch on a context that others use too leaves it as it was.
 *
 * @param properties of the thread by name; null where there is none
 */
record CallersJobs(Map<String, String> properties) {

    /** The group of a thread, as {@link JavaSparkContext#setJobGroup} sets it. */
    static CallersJobs of(JavaSparkContext context) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String name : List.of(
                "spark.jobGroup.id",
                "spark.job.description",
                "spark.job.interruptOnCancel",
                CallSite.SHORT_FORM(),
                CallSite.LONG_FORM())) {
            properties.put(name, context.getLocalProperty(name));
        }
        return new CallersJobs(properties);
    }

    /**
     * Names the place in the code from which the thread starts jobs. Otherwise Spark walks the stack for every job, and
     * writes it into four events of the event log.
     */
    static void nameCallSite(JavaSparkContext context, String name) {
        context.setLocalProperty(CallSite.SHORT_FORM(), name);
        context.setLocalProperty(CallSite.LONG_FORM(), name);
    }

    /** Puts it back. */
    void restore(JavaSparkContext context) {
        properties.forEach(context::setLocalProperty);
    }
}
