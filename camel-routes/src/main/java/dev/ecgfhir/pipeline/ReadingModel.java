package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.LoadedModel;

/**
 * A model at work, with its decision and the number of those who read with it. Safe to share between threads.
 *
 * <p>Who has entered may use it until it leaves; a model that is retired lets nobody enter, and is closed when the last one has left.
 */
final class ReadingModel {
    private final String name;
    private final LoadedModel loaded;
    private final LeadSet leads;
    private final Decision decision;
    private int readers;
    private boolean retired;

    ReadingModel(String name, LoadedModel loaded, LeadSet leads, Decision decision) {
        this.name = name;
        this.loaded = loaded;
        this.leads = leads;
        this.decision = decision;
    }

    String name() {
        return name;
    }

    LoadedModel loaded() {
        return loaded;
    }

    LeadSet leads() {
        return leads;
    }

    Decision decision() {
        return decision;
    }

    String hash() {
        return loaded.model().description().hash();
    }

    /** Returns false if the model is retired; else {@link #leave} has to follow. */
    synchronized boolean enter() {
        if (!retired) {
            readers++;
        }
        return !retired;
    }

    synchronized void leave() {
        readers--;
        notifyAll();
    }

    /** Lets nobody enter any more, waits until the last reader has left, and closes the model. */
    void retire() {
        boolean interrupted = false;
        synchronized (this) {
            retired = true;
            while (readers > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true; // it must not be closed under a reader
                }
            }
        }
        loaded.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
