package dev.aigateway.dispatch;

import dev.aigateway.config.ProviderConfig;
import dev.aigateway.translation.ModelCatalog;
import dev.aigateway.translation.ModelTraits.Thinking;
import dev.aigateway.translation.Quirk;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;

/** How a provider speaks its dialect: what its host tells of that, and what operators say of it. */
public final class ProviderQuirks {
    private ProviderQuirks() {}

    static Set<Quirk> of(ProviderConfig provider, String model) {
        Set<Quirk> quirks = of(provider.baseUrl(), model);
        provider.tuning().quirks().forEach(quirk -> quirks.add(Quirk.valueOf(quirk.name())));
        return quirks;
    }

    /** @param base where the provider is, of which only the host counts */
    public static Set<Quirk> of(URI base, String model) {
        Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        if (isOpenAi(base)) {
            quirks.add(Quirk.MAX_COMPLETION_TOKENS);
            quirks.add(Quirk.CUSTOM_TOOLS);
            boolean reasons = ModelCatalog.traits(model).thinking() == Thinking.EFFORT;
            if (reasons) {
                quirks.add(Quirk.DEVELOPER_ROLE);
            }
        }
        if (hostEndsWith(base, "api.anthropic.com")) {
            quirks.add(Quirk.HOSTED_TOOLS);
        }
        if (hostEndsWith(base, "deepseek.com", "moonshot.ai", "moonshot.cn", "z.ai", "bigmodel.cn")) {
            quirks.add(Quirk.REASONING_CONTENT_BACK);
        }
        return quirks;
    }

    private static boolean isOpenAi(URI base) {
        return hostEndsWith(base, "api.openai.com", "openai.azure.com");
    }

    private static boolean hostEndsWith(URI base, String... names) {
        String host = base.getHost() == null ? "" : base.getHost();
        for (String name : names) {
            if (host.equals(name) || host.endsWith("." + name)) {
                return true;
            }
        }
        return false;
    }
}
