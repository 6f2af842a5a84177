package dev.aigateway.observe;

/**
 * Who asked, and where.
 *
 * @param id our id of the request
 * @param address the client's, as far as it is known
 * @param path without the query, which may hold a key
 */
public record ClientCall(String id, String address, String method, String path) {}
