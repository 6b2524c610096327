package io.stackel.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them in a line of progress; files use other writers. */
public final class Quantities {

    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};

    private Quantities() {}

    /** Six significant digits. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        double size = Math.abs(value);
        boolean plain = size == 0 || (size >= 1e-3 && size < 1e6);
        return String.format(Locale.ROOT, plain ? "%.6f" : "%.4e", value);
    }

    /** Four significant digits, with an exponent where the number is very small or large; a true minus sign. */
    public static String significant(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e6)) {
            return String.format(Locale.ROOT, "%.2e", value)
                    .replaceAll("\\.?0*e([+-])0?", "e$1")
                    .replace("e+", "e")
                    .replaceFirst("^-", "\u2212");
        }
        BigDecimal rounded = new BigDecimal(value, new MathContext(4)).stripTrailingZeros();
        return rounded.toPlainString().replace('-', '\u2212');
    }

    /** A share of one as a percentage of two significant digits. */
    public static String percentage(double share) {
        return significant(new BigDecimal(100 * share, new MathContext(2)).doubleValue()) + " %";
    }

    /** A whole number with commas between thousands. */
    public static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    /** Three significant digits and a prefix: {@code 1.25M}. */
    public static String count(double value) {
        int prefix = 0;
        double rest = value;
        while (rest >= 999.5 && prefix + 1 < PREFIXES.length) {
            rest /= 1000;
            prefix++;
        }
        boolean whole = rest >= 99.95 || (prefix == 0 && rest == Math.rint(rest));
        String form = whole ? "%.0f" : rest >= 9.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, rest) + PREFIXES[prefix];
    }

    /** Two units of time: {@code 2h05m}, {@code 3m07s}, {@code 4.2s}. */
    public static String duration(double seconds) {
        if (seconds < 60) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.1fs" : "%.0fs", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 3600) {
            return String.format(Locale.ROOT, "%dm%02ds", whole / 60, whole % 60);
        }
        long minutes = whole / 60;
        return minutes < 1440
                ? String.format(Locale.ROOT, "%dh%02dm", minutes / 60, minutes % 60)
                : String.format(Locale.ROOT, "%dd%02dh", minutes / 1440, minutes % 1440 / 60);
    }
}
