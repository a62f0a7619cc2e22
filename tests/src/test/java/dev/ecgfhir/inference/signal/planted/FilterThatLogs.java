package dev.ecgfhir.inference.signal.planted;

import org.slf4j.Logger;

/** Breaks the boundaries on purpose, so that a test sees the rules fail. */
class FilterThatLogs {
    Class<?> logger = Logger.class;
}
