package io.stackel.experiment;

import java.math.BigInteger;

/**
 * Writes a double as the shortest decimal that reads back to the same bits, with the same characters on every JDK.
 *
 * <p>The characters are those of {@code Double.toString} from JDK 19 on: of the decimals that round to the value those
 * with the fewest digits (two if one digit would do), of these the nearest to the value, of two equally near the even
 * one. {@code Double.toString} of JDK 17 sometimes writes too many: 1.9999999999999998E23 for 2.0E23.
 *
 * <p>Source: R. Giulietti, The Schubfach way to render doubles, 2020, sections 8 and 9. With value = c 2^q and
 * k = floor(log10 of the length of the rounding interval), the candidates are the multiples of 10^k (or 10^(k+1)) around
 * the value; products with 10^-k are taken with a factor g of 126 bits, which suffices for an exact decision.
 */
public final class DoubleWriter {

    private static final int SIGNIFICAND_BITS = 52;
    private static final int LEAST_EXPONENT = -1074;
    private static final int EXPONENT_MASK = (1 << 11) - 1;
    private static final long LEAST_NORMAL = 1L << SIGNIFICAND_BITS;
    private static final long MASK_63 = Long.MAX_VALUE;
    /** Subnormals below this many units are scaled by 10 to give two digits. */
    private static final int TINY = 3;

    private static final int LEAST_K = -324;
    private static final int LARGEST_K = 292;
    /** g(k) = floor(10^-k 2^-r) + 1 with r such that g has 126 bits: high and low 63 bits in turn. */
    private static final long[] FACTORS = factors();

    private DoubleWriter() {}

    /** The decimal of {@code value}; NaN, Infinity and -Infinity for what is not finite. */
    public static String text(double value) {
        StringBuilder text = new StringBuilder(24);
        write(value, text);
        return text.toString();
    }

    /** Appends the decimal of {@code value} to {@code into}. */
    public static void write(double value, StringBuilder into) {
        long bits = Double.doubleToRawLongBits(value);
        long fraction = bits & (LEAST_NORMAL - 1);
        int exponent = (int) (bits >>> SIGNIFICAND_BITS) & EXPONENT_MASK;
        if (exponent == EXPONENT_MASK) {
            into.append(fraction != 0 ? "NaN" : bits > 0 ? "Infinity" : "-Infinity");
            return;
        }
        if (bits < 0) {
            into.append('-');
        }
        if (exponent != 0) {
            writeNormal(LEAST_NORMAL | fraction, exponent - 1 + LEAST_EXPONENT, into);
        } else if (fraction == 0) {
            into.append("0.0");
        } else if (fraction < TINY) {
            writeShortest(10 * fraction, LEAST_EXPONENT, -1, into);
        } else {
            writeShortest(fraction, LEAST_EXPONENT, 0, into);
        }
    }

    private static void writeNormal(long c, int q, StringBuilder into) {
        boolean maybeWhole = q < 0 && q > -(SIGNIFICAND_BITS + 1);
        if (maybeWhole && (c >> -q) << -q == c) {
            layOut(c >> -q, 0, into);
        } else {
            writeShortest(c, q, 0, into);
        }
    }

    /** Writes c 2^q 10^scale. */
    private static void writeShortest(long c, int q, int scale, StringBuilder into) {
        // An even significand owns the ends of its rounding interval.
        long out = c & 1;
        boolean regular = c != LEAST_NORMAL || q == LEAST_EXPONENT;
        // Four times the value and the ends of the interval; it is half as long below a power of two.
        long centre = c << 2;
        long right = centre + 2;
        long left = regular ? centre - 2 : centre - 1;
        int k = regular ? floorLog10Pow2(q) : floorLog10ThreeQuartersPow2(q);
        int h = q + floorLog2Pow10(-k) + 2;
        long high = FACTORS[2 * (k - LEAST_K)];
        long low = FACTORS[2 * (k - LEAST_K) + 1];
        long value = roundToOdd(high, low, centre << h);
        long least = roundToOdd(high, low, left << h) + out;
        long most = roundToOdd(high, low, right << h) - out;

        long below = value >> 2;
        if (below >= 100) {
            long tens = below / 10 * 10;
            boolean downInside = least <= tens << 2;
            boolean upInside = (tens + 10) << 2 <= most;
            if (downInside != upInside) {
                layOut(downInside ? tens : tens + 10, k + scale, into);
                return;
            }
        }
        boolean downInside = least <= below << 2;
        boolean upInside = (below + 1) << 2 <= most;
        boolean down;
        if (downInside != upInside) {
            down = downInside;
        } else {
            long side = value - ((2 * below + 1) << 1);
            down = side < 0 || (side == 0 && (below & 1) == 0);
        }
        layOut(down ? below : below + 1, k + scale, into);
    }

    /** The product (high 2^63 + low) times / 2^126, its last bit set if anything was cut off. */
    private static long roundToOdd(long high, long low, long times) {
        long carry = Math.multiplyHigh(low, times);
        long middle = ((high * times) >>> 1) + carry;
        long top = Math.multiplyHigh(high, times) + (middle >>> 63);
        return top | (((middle & MASK_63) + MASK_63) >>> 63);
    }

    /** Writes digits 10^exponent, digits above zero, plainly from 10^-3 to below 10^7 and otherwise with an E. */
    private static void layOut(long digits, int exponent, StringBuilder into) {
        long stripped = digits;
        int point = exponent;
        while (stripped % 10 == 0) {
            stripped /= 10;
            point++;
        }
        int start = into.length();
        into.append(stripped);
        int length = into.length() - start;
        // The value is 0.digits 10^place.
        int place = length + point;
        if (place > 7 || place < -2) {
            into.insert(start + 1, '.');
            into.append(length == 1 ? "0E" : "E").append(place - 1);
        } else if (place <= 0) {
            into.insert(start, "0.00", 0, 2 - place);
        } else if (place < length) {
            into.insert(start + place, '.');
        } else {
            into.append("000000", 0, place - length).append(".0");
        }
    }

    private static int floorLog10Pow2(int e) {
        return (int) ((e * 661_971_961_083L) >> 41);
    }

    private static int floorLog10ThreeQuartersPow2(int e) {
        return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
    }

    private static int floorLog2Pow10(int e) {
        return (int) ((e * 913_124_641_741L) >> 38);
    }

    private static long[] factors() {
        long[] factors = new long[2 * (LARGEST_K - LEAST_K + 1)];
        for (int k = LEAST_K; k <= LARGEST_K; k++) {
            int r = floorLog2Pow10(-k) - 125;
            BigInteger power = BigInteger.TEN.pow(Math.abs(k));
            BigInteger g = k <= 0
                    ? power.shiftRight(r).add(BigInteger.ONE)
                    : BigInteger.ONE.shiftLeft(-r).divide(power).add(BigInteger.ONE);
            factors[2 * (k - LEAST_K)] = g.shiftRight(63).longValueExact();
            factors[2 * (k - LEAST_K) + 1] = g.longValue() & MASK_63;
        }
        return factors;
    }
}
