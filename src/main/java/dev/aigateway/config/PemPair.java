package dev.aigateway.config;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;

/** Whether a private key is that of a certificate: what the one signs, the other must verify. Stateless. */
final class PemPair {
    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");
    private static final byte[] MESSAGE = "ai-gateway".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PKCS8_VERSION = {2, 1, 0};
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private PemPair() {}

    /** True also where it cannot be told: for kinds of keys that are not known here, and files that are gone again. */
    static boolean belongsTogether(Path certificates, Path privateKey) {
        try {
            PublicKey known = PemFile.firstCertificate(certificates).getPublicKey();
            String algorithm = SIGNATURES.get(known.getAlgorithm());
            return algorithm == null || verifies(known, privateKey(privateKey, known), algorithm);
        } catch (IOException | CertificateException | NoSuchAlgorithmException e) {
            return true;
        } catch (GeneralSecurityException e) {
            // A key of another kind or another curve.
            return false;
        }
    }

    private static boolean verifies(PublicKey known, PrivateKey key, String algorithm) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(MESSAGE);
        byte[] signed = signature.sign();
        signature.initVerify(known);
        signature.update(MESSAGE);
        return signature.verify(signed);
    }

    private static PrivateKey privateKey(Path file, PublicKey known) throws IOException, GeneralSecurityException {
        PemFile.KeyText text = PemFile.firstKey(file);
        byte[] encoded = text.isWrapped() ? text.der() : wrapped(text.der(), algorithm(known.getEncoded()));
        return KeyFactory.getInstance(known.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /**
     * The JDK reads PKCS#8 only, which is the older forms of RSA and EC keys with the name of the algorithm before them; if
     * they belong together, that of the certificate is the key's.
     */
    private static byte[] wrapped(byte[] key, byte[] algorithm) {
        return der(SEQUENCE, PKCS8_VERSION, algorithm, der(OCTET_STRING, key));
    }

    /** The first member of the sequence that a public key is; it is always short. */
    private static byte[] algorithm(byte[] publicKey) {
        int start = publicKey[1] >= 0 ? 2 : 2 + (publicKey[1] & 0x7f);
        return Arrays.copyOfRange(publicKey, start, start + 2 + publicKey[start + 1]);
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        writeLength(length, all);
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static void writeLength(int length, ByteArrayOutputStream out) {
        if (length < 0x80) {
            out.write(length);
            return;
        }
        int bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
        out.write(0x80 | bytes);
        for (int i = bytes - 1; i >= 0; i--) {
            out.write(length >> (8 * i));
        }
    }
}
