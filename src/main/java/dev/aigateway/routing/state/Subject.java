package dev.aigateway.routing.state;

/**
 * Who a {@link Standing} is about: a provider, one of its keys, or either of them for one model.
 *
 * @param key fingerprint of the key; empty for the provider as a whole
 * @param model the provider's id of the model; empty for all of them
 * @param callers whether the key is one that a client brought
 */
public record Subject(String provider, String key, String model, boolean callers) {
    /** Stands for the missing key of a provider that needs none: sparing it must not look like giving up the provider. */
    private static final String KEYLESS = "keyless";

    public static Subject provider(String provider) {
        return new Subject(provider, "", "", false);
    }

    public static Subject provider(String provider, String model) {
        return new Subject(provider, "", model, false);
    }

    public static Subject key(KeyId key) {
        return key(key, "");
    }

    public static Subject key(KeyId key, String model) {
        String fingerprint = key.fingerprint().isEmpty() ? KEYLESS : key.fingerprint();
        return new Subject(key.provider(), fingerprint, model, key.callers());
    }

    /** Whether it is about this key, for whatever model. */
    public boolean isOf(KeyId id) {
        return callers == id.callers() && provider.equals(id.provider()) && key.equals(key(id).key);
    }

    /** Holds no secret, but the fingerprint is nobody's business. */
    @Override
    public String toString() {
        return provider + (key.isEmpty() ? "" : "#key") + (model.isEmpty() ? "" : "/" + model);
    }
}
