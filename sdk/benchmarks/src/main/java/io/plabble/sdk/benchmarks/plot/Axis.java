package io.plabble.sdk.benchmarks.plot;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How values are spread over the length of an axis. */
public enum Axis {
    /** From zero. */
    EVEN {
        @Override
        double position(double value, double least, double most) {
            return value / most;
        }

        @Override
        List<Double> ticks(double least, double most) {
            double step = Numbers.step(most);
            return DoubleStream.iterate(0, tick -> tick <= most, tick -> tick + step)
                    .boxed()
                    .toList();
        }
    },
    /** By powers of ten. */
    LOGARITHMIC {
        @Override
        double position(double value, double least, double most) {
            double from = Math.floor(Math.log10(least));
            double to = Math.ceil(Math.log10(most));
            return to == from ? 0 : (Math.log10(value) - from) / (to - from);
        }

        @Override
        List<Double> ticks(double least, double most) {
            return IntStream.rangeClosed((int) Math.floor(Math.log10(least)), (int) Math.ceil(Math.log10(most)))
                    .mapToObj(power -> Math.pow(10, power))
                    .toList();
        }
    };

    /** From 0 to 1. */
    abstract double position(double value, double least, double most);

    abstract List<Double> ticks(double least, double most);
}
