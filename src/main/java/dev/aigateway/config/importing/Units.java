package dev.aigateway.config.importing;

/** Writes numbers of other configurations with the units that ours has. */
final class Units {
    private Units() {}

    static String milliseconds(long number) {
        return number % 1000 == 0 && number > 0 ? seconds(number / 1000) : number + "ms";
    }

    static String seconds(long number) {
        return number + "s";
    }

    static String mebibytes(long number) {
        return number + "MiB";
    }
}
