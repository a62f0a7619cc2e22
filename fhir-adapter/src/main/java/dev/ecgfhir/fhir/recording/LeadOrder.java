package dev.ecgfhir.fhir.recording;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The order in which a source gives leads that it does not name, as its operator knows it.
 *
 * @param leads 1 to 12, each once
 */
public record LeadOrder(List<Lead> leads) {
    /** Copies and checks the leads. */
    public LeadOrder {
        leads = List.copyOf(leads);
        if (leads.isEmpty() || EnumSet.copyOf(leads).size() != leads.size()) {
            throw new IllegalArgumentException("a lead order must name 1..12 leads, each once, was " + leads);
        }
    }

    /**
     * Reads an order, {@code I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6}.
     *
     * @param text names of leads as {@link LeadNames} reads them, with commas between
     * @return the order; empty if a name is none of the twelve leads, or one stands twice
     */
    public static Optional<LeadOrder> parse(String text) {
        List<Lead> leads = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            Optional<Lead> lead = LeadNames.standardLead(name.strip());
            if (lead.isEmpty() || leads.contains(lead.get())) {
                return Optional.empty();
            }
            leads.add(lead.get());
        }
        return Optional.of(new LeadOrder(leads));
    }

    int size() {
        return leads.size();
    }

    /** Returns the names with commas between. */
    @Override
    public String toString() {
        return leads.stream().map(Lead::display).collect(Collectors.joining(","));
    }
}
