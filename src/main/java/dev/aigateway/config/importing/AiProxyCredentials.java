package dev.aigateway.config.importing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes the credentials of {@code ai-proxy} in Rust, each as a provider of its own. Used for one file. */
final class AiProxyCredentials {
    /** @param name of the providers that are made of it, before their number */
    record VendorList(String key, String name, String type) {
        boolean isClaude() {
            return type.equals("anthropic");
        }

        boolean isCompatible() {
            return key.equals("openai-compatibility");
        }
    }

    static final List<VendorList> LISTS = List.of(
            new VendorList("claude-api-key", "claude", "anthropic"),
            new VendorList("openai-api-key", "openai", "openai"),
            new VendorList("gemini-api-key", "gemini", "gemini"),
            new VendorList("openai-compatibility", "openai-compat", "openai"));

    private final Headers headers;
    private final Cursor claudeHeaders;
    private final ProviderNames names = new ProviderNames();
    private boolean anyCloaked;

    /** @param claudeHeaders sent for keys that are cloaked */
    AiProxyCredentials(Headers headers, Cursor claudeHeaders) {
        this.headers = headers;
        this.claudeHeaders = claudeHeaders;
    }

    List<Block> write(Cursor root, VendorList list) {
        List<Block> providers = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Cursor credential : root.groups(list.key())) {
            Block provider = write(credential, list, providers.size() + 1);
            String key = credential.text("api-key").orElse("");
            if (!credential.has("api-key")) {
                credential.problem("needs an api-key");
            } else if (key.isEmpty()) {
                leaveOut(credential, provider, "its key is empty");
            } else if (!keys.add(key)) {
                leaveOut(credential, provider, "its key is there twice");
            }
            providers.add(provider);
        }
        return providers;
    }

    /** Whether there is a provider whose requests are ever cloaked. */
    boolean anyCloaked() {
        return anyCloaked;
    }

    private static void leaveOut(Cursor credential, Block provider, String why) {
        provider.note("left out: " + why).commentOut();
        credential.warning("is left out: " + why);
    }

    private Block write(Cursor credential, VendorList list, int number) {
        Block out = new Block();
        String numbered = list.name() + "-" + number;
        credential.was(out, "name", "was never shown");
        out.put("name", names.next(numbered, numbered));
        out.put("type", list.type());
        base(credential, list, out);
        out.put("api-keys", credential.texts("api-key"));
        credential.text("proxy-url").ifPresent(url -> out.put("proxy-url", url));
        prefix(credential, out);
        models(credential, out);
        wire(credential, list, out);
        anyCloaked |= cloak(credential, list, out);
        headers.write(out, credential.group("headers"));
        if (credential.bool("disabled").orElse(false)) {
            out.put("disabled", true);
        }
        credential.rest(out);
        return out;
    }

    /** Without an address a compatible provider was never reached; its key must not go to somebody else. */
    private static void base(Cursor credential, VendorList list, Block out) {
        String base = credential.text("base-url").orElse("");
        if (!base.isEmpty()) {
            out.put("base-url", base);
        } else if (list.isCompatible()) {
            credential.warning("has no base-url, without which nobody can be reached: it is disabled");
            out.note("There is no base-url, so that nobody could be reached.");
            if (!credential.bool("disabled").orElse(false)) {
                out.put("disabled", true);
            }
        }
        if (list.isClaude() && !base.isEmpty() && !base.contains("anthropic.com")) {
            out.note("was: Authorization: Bearer KEY at this address; here the header is x-api-key");
            credential.warning(
                    "base-url", "is not Anthropic's: the key was sent as Authorization, here it is as x-api-key");
        }
    }

    private static void prefix(Cursor credential, Block out) {
        String prefix = credential.text("prefix").orElse("");
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            credential.was(
                    out,
                    "prefix",
                    "a prefix ends in a slash here: models are called " + Scalars.write(prefix + "/MODEL"));
            credential.warning("prefix", "gets a slash at its end, and so do the names of its models");
        }
        if (!prefix.isEmpty()) {
            out.put("prefix", prefix);
        }
    }

    private static void models(Cursor credential, Block out) {
        List<Cursor> models = credential.groups("models");
        if (!models.isEmpty()) {
            out.put("models", models.stream().map(AiProxyCredentials::model));
        }
        List<String> excluded = credential.texts("excluded-models");
        if (!excluded.isEmpty()) {
            out.put("excluded-models", excluded);
        }
    }

    private static Block model(Cursor model) {
        Block out = new Block();
        if (!model.has("id")) {
            model.problem("needs an id");
        }
        model.text("id").ifPresent(id -> out.put("id", id));
        model.text("alias").filter(alias -> !alias.isEmpty()).ifPresent(alias -> out.put("alias", alias));
        model.rest(out);
        return out;
    }

    private static void wire(Cursor credential, VendorList list, Block out) {
        if (list.type().equals("openai")) {
            credential.word("wire-api", List.of("chat", "responses")).ifPresent(wire -> out.put("wire-api", wire));
        } else {
            credential.was(out, "wire-api", "had no effect in this list");
        }
    }

    /** @return whether requests are ever cloaked */
    private boolean cloak(Cursor credential, VendorList list, Block out) {
        if (!list.isClaude()) {
            credential.was(out, "cloak", "had no effect in this list");
            return false;
        }
        if (!credential.has("cloak")) {
            return false;
        }
        Cursor cloak = credential.group("cloak");
        String mode = cloak.word("mode", List.of("auto", "always", "never")).orElse("never");
        Block ours = new Block().put("preset", "claude-code").put("mode", mode);
        cloak.bool("strict-mode").ifPresent(strict -> ours.put("strict", strict));
        List<String> words = cloak.texts("sensitive-words");
        if (!words.isEmpty()) {
            ours.put("sensitive-words", words);
        }
        cloak.bool("cache-user-id").ifPresent(cache -> ours.put("cache-user-id", cache));
        cloak.rest(ours);
        if (!mode.equals("never")) {
            headers.write(ours, claudeHeaders);
        }
        out.put("cloak", ours);
        return !mode.equals("never");
    }
}
