package io.stackel.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.AWSCredentialProviderList;
import org.apache.hadoop.fs.s3a.CredentialInitializationException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.fs.s3a.auth.CredentialProviderListFactory;

/** What needs the classes of S3A; apart from other storage, which must work where there is no S3A. */
final class S3 {

    private static final String PROVIDERS = "fs.s3a.aws.credentials.provider";
    private static final String TOKENS = "fs.s3a.delegation.token.binding";

    private S3() {}

    /**
     * Returns if one of the configured providers has credentials, good or not; with delegation tokens always. It looks before a
     * client of S3 is built, which takes seconds.
     *
     * @throws StorageException refused if none has
     */
    static void requireCredentials(URI root, Configuration hadoop) {
        if (!hadoop.getTrimmed(TOKENS, "").isEmpty()) {
            return;
        }
        try (AWSCredentialProviderList providers =
                CredentialProviderListFactory.createAWSCredentialProviderList(root, hadoop)) {
            providers.resolveCredentials();
        } catch (CredentialInitializationException none) {
            throw StorageException.refused(
                    "there are no credentials for " + root + " (" + none.getMessage() + ")",
                    "give them by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the environment, by a file named in"
                            + " spark.hadoop.hadoop.security.credential.provider.path, by a role of the machine, or choose"
                            + " another way in spark.hadoop." + PROVIDERS,
                    none);
        } catch (IOException failed) {
            throw HadoopFiles.notOpened(root, failed);
        }
    }

    /** A bucket that does not exist is for the user to mend, as a closed door is. */
    static IOException named(String path, IOException failure) {
        if (failure instanceof UnknownStoreException) {
            return (IOException) new AccessDeniedException(path, "", "there is no such bucket").initCause(failure);
        }
        return failure;
    }
}
