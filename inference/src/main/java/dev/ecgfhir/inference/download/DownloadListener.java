package dev.ecgfhir.inference.download;

/** Is told how far a download is, in the thread that downloads. */
public interface DownloadListener {
    /**
     * More has arrived.
     *
     * @param bytes how many are there, those of an earlier attempt among them
     * @param total how many there will be; -1 where the server does not say
     */
    void arrived(long bytes, long total);

    /**
     * The transfer broke off and is taken up again after a pause.
     *
     * @param problem what happened
     */
    void broken(String problem);
}
