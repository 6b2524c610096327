package io.stackel.sweep;

import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Trials, one a partition; each travels with its own task and no other. */
final class TrialRdd extends RDD<Trial> {

    private static final long serialVersionUID = 1L;

    private final transient Partition[] trials;

    TrialRdd(SparkContext context, List<Trial> trials) {
        super(
                context,
                CollectionConverters.asScala(List.<Dependency<?>>of()).toSeq(),
                ClassTag$.MODULE$.apply(Trial.class));
        this.trials = new Partition[trials.size()];
        for (int i = 0; i < this.trials.length; i++) {
            this.trials[i] = new One(i, trials.get(i));
        }
    }

    @Override
    public Partition[] getPartitions() {
        return trials.clone();
    }

    @Override
    public Iterator<Trial> compute(Partition partition, TaskContext context) {
        return Iterator$.MODULE$.single(((One) partition).trial);
    }

    private record One(int index, Trial trial) implements Partition {

        private static final long serialVersionUID = 1L;
    }
}
