package dev.ecgfhir.terminology.map;

import java.util.List;

/**
 * One record of a comma-separated file.
 *
 * @param line line on which it begins, from 1
 * @param fields its fields, quotes removed
 */
record CsvRecord(int line, List<String> fields) {
    CsvRecord {
        fields = List.copyOf(fields);
    }
}
