package dev.aigateway.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    static Path certificates(String text) throws BadValueException {
        Path path = Values.readableFile(text);
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(path)));
            if (found.isEmpty()) {
                throw new BadValueException("must be a PEM file with a certificate");
            }
            return path;
        } catch (CertificateException | IOException e) {
            throw new BadValueException("must be a PEM file with a certificate");
        }
    }

    static Path privateKey(String text) throws BadValueException {
        Path path = Values.readableFile(text);
        try {
            String content = Files.readString(path, StandardCharsets.ISO_8859_1);
            if (PRIVATE_KEY.matcher(content).results().noneMatch(found -> isKey(found.group(2)))) {
                throw new BadValueException("must be a PEM file with a private key that has no password");
            }
            return path;
        } catch (IOException e) {
            throw new BadValueException("must be a PEM file with a private key that has no password");
        }
    }

    private static boolean isKey(String base64) {
        try {
            byte[] key = Base64.getMimeDecoder().decode(base64);
            return key.length > 0 && key[0] == ASN1_SEQUENCE;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
