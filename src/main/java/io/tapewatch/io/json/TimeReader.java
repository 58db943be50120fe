package io.tapewatch.io.json;

import java.time.Month;
import java.time.Year;

/**
 * A reader of event times from text, to the nanosecond; finer fractions are cut. It keeps what it has read until it reads
 * again, and makes no objects.
 *
 * <p>It reads a number since the epoch, and ISO-8601 with an offset: {@code 2013-11-25T00:00:13.25Z}, with a space instead
 * of the {@code T}, with an offset of {@code +05:30}, {@code +0530} or {@code +05}, and with or without seconds.
 */
public final class TimeReader {

    private static final int NANO_DIGITS = 6;
    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000};

    /** Above the length of any text, so that an exponent that is cut here is as good as one that is not. */
    private static final int LARGEST_EXPONENT = 1 << 29;

    private static final int NO_EXPONENT = Integer.MAX_VALUE;

    private static final int SECONDS_PER_DAY = 24 * 60 * 60;
    private static final int MAX_OFFSET = 18 * 60 * 60;

    private long millis;
    private int nanos;

    // The text at hand.
    private char[] text = {};
    private int at;
    private int end;

    /** The epoch milliseconds of the time that was read last; of a number beyond those of a long, the nearest. */
    public long millis() {
        return millis;
    }

    /** The nanoseconds after that millisecond, 0 to 999,999. */
    public int nanos() {
        return nanos;
    }

    /** Takes a whole number of epoch milliseconds. */
    void take(long epochMillis) {
        millis = epochMillis;
        nanos = 0;
    }

    /**
     * Reads a text that is a decimal number as a whole.
     *
     * @param powerOfTenToMillis what 10 is raised to for the milliseconds in its unit: 0 for milliseconds, 3 for seconds
     * @return whether it is a number
     */
    public boolean readNumber(CharSequence text, int powerOfTenToMillis) {
        char[] chars = text.toString().toCharArray();
        return readNumber(chars, 0, chars.length, powerOfTenToMillis);
    }

    /** The same of a part of some characters. */
    boolean readNumber(char[] text, int from, int length, int powerOfTenToMillis) {
        int end = from + length;
        int begin = from;
        boolean isNegative = begin < end && text[begin] == '-';
        if (isNegative || begin < end && text[begin] == '+') {
            begin++;
        }
        int point = -1;
        int digitsEnd = begin;
        while (digitsEnd < end && (isDigit(text[digitsEnd]) || text[digitsEnd] == '.' && point < 0)) {
            if (text[digitsEnd] == '.') {
                point = digitsEnd;
            }
            digitsEnd++;
        }
        int whole = (point < 0 ? digitsEnd : point) - begin;
        if (digitsEnd - begin - (point < 0 ? 0 : 1) == 0) {
            return false;
        }
        int exponent = exponent(text, digitsEnd, end);
        if (exponent == NO_EXPONENT) {
            return false;
        }
        takeDigits(text, begin, digitsEnd, whole + exponent + powerOfTenToMillis);
        if (isNegative) {
            millis = nanos == 0 || millis == Long.MAX_VALUE ? -millis : -millis - 1;
            nanos = nanos == 0 ? 0 : 1_000_000 - nanos;
        }
        return true;
    }

    /** @param whole how many digits are of whole milliseconds: fewer than there are, or more, or less than none */
    private void takeDigits(char[] text, int from, int to, int whole) {
        long sum = 0;
        long fraction = 0;
        int place = -whole; // of the digit behind the point, 0 for the first
        for (int i = from; i < to && place < NANO_DIGITS; i++) {
            int digit = text[i] - '0';
            if (text[i] == '.') {
                continue;
            }
            if (place < 0) {
                sum = sum > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : 10 * sum + digit;
            } else {
                fraction += digit * POWERS_OF_TEN[NANO_DIGITS - 1 - place];
            }
            place++;
        }
        for (; place < 0 && sum > 0 && sum < Long.MAX_VALUE; place++) {
            sum = sum > Long.MAX_VALUE / 10 ? Long.MAX_VALUE : 10 * sum;
        }
        millis = sum;
        nanos = (int) fraction;
    }

    /** The exponent that is written from a place to the end, 0 where there is none, or {@link #NO_EXPONENT}. */
    private static int exponent(char[] text, int from, int end) {
        if (from == end) {
            return 0;
        }
        int at = from + 1;
        boolean isNegative = at < end && text[at] == '-';
        if (isNegative || at < end && text[at] == '+') {
            at++;
        }
        if (text[from] != 'e' && text[from] != 'E' || at == end) {
            return NO_EXPONENT;
        }
        int exponent = 0;
        for (; at < end; at++) {
            if (!isDigit(text[at])) {
                return NO_EXPONENT;
            }
            exponent = (int) Math.min(10L * exponent + text[at] - '0', LARGEST_EXPONENT);
        }
        return isNegative ? -exponent : exponent;
    }

    /**
     * Reads a text that is a time in ISO-8601 with an offset as a whole.
     *
     * @return whether it is one
     */
    public boolean readIso(CharSequence text) {
        char[] chars = text.toString().toCharArray();
        return readIso(chars, 0, chars.length);
    }

    /** The same of a part of some characters. */
    boolean readIso(char[] text, int from, int length) {
        this.text = text;
        this.at = from;
        this.end = from + length;
        int year = digits(4);
        int month = takes('-') ? digits(2) : -1;
        int day = takes('-') ? digits(2) : -1;
        if (year < 0
                || month < 1
                || month > 12
                || day < 1
                || day > Month.of(month).length(Year.isLeap(year))) {
            return false;
        }
        int hour = takes('T') || takes('t') || takes(' ') ? digits(2) : -1;
        int minute = takes(':') ? digits(2) : -1;
        int second = 0;
        int fraction = 0;
        if (takes(':')) {
            second = digits(2);
            fraction = takes('.') ? fraction() : 0;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return false;
        }
        int offset = offset();
        if (Math.abs(offset) > MAX_OFFSET || at != end) {
            return false;
        }
        long seconds = epochDay(year, month, day) * SECONDS_PER_DAY + (hour * 60L + minute) * 60 + second - offset;
        millis = seconds * 1000 + fraction / 1_000_000;
        nanos = fraction % 1_000_000;
        return true;
    }

    /**
     * The days since 1970-01-01, in the calendar of ISO-8601, as {@link java.time.LocalDate} counts them, which is an object.
     * Years begin in March here, so that a leap day is the last of its year (Howard Hinnant, chrono-Compatible Low-Level Date
     * Algorithms, days_from_civil).
     */
    private static long epochDay(int year, int month, int day) {
        int years = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(years, 400);
        int yearOfEra = years - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    /** Nanoseconds of as many digits as there are. */
    private int fraction() {
        int nanosOfSecond = 0;
        int place = 100_000_000;
        for (; at < end && isDigit(text[at]); at++) {
            nanosOfSecond += (text[at] - '0') * place;
            place /= 10;
        }
        return nanosOfSecond;
    }

    /** An offset in seconds, or one that is too large where there is none. */
    private int offset() {
        if (takes('Z') || takes('z')) {
            return 0;
        }
        boolean isNegative = takes('-');
        int hours = isNegative || takes('+') ? digits(2) : -1;
        int minutes = 0;
        int seconds = 0;
        if (at < end) {
            boolean hasColons = takes(':');
            minutes = digits(2);
            if (at < end) {
                seconds = takes(':') == hasColons ? digits(2) : -1;
            }
        }
        if (hours < 0 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) {
            return MAX_OFFSET + 1;
        }
        int offset = (hours * 60 + minutes) * 60 + seconds;
        return isNegative ? -offset : offset;
    }

    private boolean takes(char c) {
        if (at < end && text[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    /** The number that so many digits say, or −1 where there are none. */
    private int digits(int count) {
        if (end - at < count) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < count; i++) {
            if (!isDigit(text[at])) {
                return -1;
            }
            number = 10 * number + text[at++] - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
