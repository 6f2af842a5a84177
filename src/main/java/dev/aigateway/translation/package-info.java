/**
 * Translation between wire dialects and the hub. One package per dialect; this one holds what they share: the interfaces
 * that dispatch works with, JSON access, fidelity notes and the model catalogue. Specification: translation reference.
 */
@NullMarked
package dev.aigateway.translation;

import org.jspecify.annotations.NullMarked;
