/**
 * Fetches the published checkpoints over HTTP, on request, and believes nothing that it gets. It must not know how a network is run,
 * nor what asks for it.
 */
@NullMarked
package dev.ecgfhir.inference.download;

import org.jspecify.annotations.NullMarked;
