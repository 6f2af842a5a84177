package dev.aigateway.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.regex.Pattern;

/** Files of certificates and keys, looked into so far that a start does not fail later and less clearly. */
final class PemFile {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----\\s([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    /** What every key begins with, once it is decoded. */
    private static final byte ASN1_SEQUENCE = 0x30;

    private PemFile() {}

    /** @param isWrapped whether it is PKCS#8, which names its algorithm */
    record KeyText(boolean isWrapped, byte[] der) {}

    static Path certificates(String text) throws BadValueException {
        Path path = Values.readableFile(text);
        try {
            firstCertificate(path);
            return path;
        } catch (CertificateException | IOException e) {
            throw new BadValueException("must be a PEM file with a certificate");
        }
    }

    /** The one that the others of the chain are there for. */
    static Certificate firstCertificate(Path path) throws IOException, CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(path)))
                .stream()
                .findFirst()
                .orElseThrow(() -> new CertificateException("none"));
    }

    static Path privateKey(String text) throws BadValueException {
        Path path = Values.readableFile(text);
        try {
            firstKey(path);
            return path;
        } catch (IOException e) {
            throw new BadValueException("must be a PEM file with a private key that has no password");
        }
    }

    /** @throws IOException also when there is none */
    static KeyText firstKey(Path path) throws IOException {
        return PRIVATE_KEY
                .matcher(Files.readString(path, StandardCharsets.ISO_8859_1))
                .results()
                .map(found -> new KeyText(found.group(1).equals("PRIVATE KEY"), decoded(found.group(2))))
                .filter(key -> key.der().length > 0 && key.der()[0] == ASN1_SEQUENCE)
                .findFirst()
                .orElseThrow(() -> new IOException("no key"));
    }

    /** Of no bytes when it is no Base64. */
    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
