package dev.aigateway.cli;

import java.io.PrintWriter;

/** Where the command line speaks. */
record Output(PrintWriter out, PrintWriter err) {}
