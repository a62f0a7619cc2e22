package dev.ecgfhir.fhir.server;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hl7.fhir.r4.model.Resource;

/** How the server behaves; a test changes it while it runs. */
public final class Behaviour {
    /** Takes ids of the client's. */
    public volatile boolean updateCreate = true;

    /** Knows If-None-Exist. */
    public volatile boolean conditionalCreate = true;

    /** Takes transactions. */
    public volatile boolean transactions = true;

    /** Knows If-None-Match on a PUT, as R5 has it, and says so by another name than HAPI's. */
    public volatile boolean ifNoneMatch;

    /** Reads old versions. */
    public volatile boolean vread = true;

    /** Says that it has the history of its types. */
    public volatile boolean typeHistory = true;

    /** Forgets each search at once, so that no link to a next page holds. */
    public volatile boolean linksExpire;

    /** Refuses _sort. */
    public volatile boolean refuseSort;

    /** Gives neither versionId nor lastUpdated. */
    public volatile boolean noMeta;

    /** Mixes an OperationOutcome into search results. */
    public volatile boolean outcomeInResults;

    /** Removes the versions of references, as some servers do on writing. */
    public volatile boolean stripVersions;

    private volatile long shuffle;

    /** Answers searches in an order that the seed decides. */
    public void shuffle(long seed) {
        shuffle = seed;
    }

    void order(List<Resource> found) {
        if (shuffle != 0) {
            Collections.shuffle(found, new Random(shuffle));
        }
    }

    Resource seen(Resource resource) {
        if (noMeta) {
            resource.setId(resource.getIdElement().toUnqualifiedVersionless().getIdPart());
            resource.setMeta(null);
        }
        return resource;
    }
}
