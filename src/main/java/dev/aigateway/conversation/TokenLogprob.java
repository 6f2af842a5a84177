package dev.aigateway.conversation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * How likely a token of an answer was.
 *
 * @param bytes the token's UTF-8 bytes where the upstream tells them; a token may hold only part of a character
 * @param top the likeliest tokens at this place, themselves without alternatives; empty unless they were asked for
 */
public record TokenLogprob(String token, Optional<List<Integer>> bytes, BigDecimal logprob, List<TokenLogprob> top) {}
