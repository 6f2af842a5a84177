package dev.aigateway.observe;

import java.util.Map;

/**
 * What a line says, field by field, for formats that keep fields apart. Travels as a parameter of the log record.
 *
 * @param values texts, numbers and truth values, in their order
 */
record LogFields(Map<String, Object> values) {}
