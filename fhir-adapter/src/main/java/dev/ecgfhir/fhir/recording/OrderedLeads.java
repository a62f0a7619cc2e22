package dev.ecgfhir.fhir.recording;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Gives waveforms that nothing names their leads by the order that the source's operator has stated: one series for each lead, or one
 * series (or several alike, which follow one another) that interlaces them. Their number has to be that of the order exactly: a series more
 * or less would name all that follow it wrongly.
 */
final class OrderedLeads {
    private OrderedLeads() {}

    /** Tells whether the waveforms interlace several leads each. */
    static boolean areInterlaced(List<LeadElement> waveforms) {
        return waveforms.stream().anyMatch(one -> dimensions(one) > 1);
    }

    /** Returns the series of each lead, in the order's order; of interlaced ones every lead has them all. */
    static Map<Lead, List<LeadElement>> of(List<LeadElement> waveforms, LeadOrder order) throws Refusal {
        return areInterlaced(waveforms) ? interlaced(waveforms, order) : single(waveforms, order);
    }

    private static Map<Lead, List<LeadElement>> single(List<LeadElement> waveforms, LeadOrder order) throws Refusal {
        if (waveforms.size() != order.size()) {
            throw new Refusal(
                    RefusalReason.NO_KNOWN_LEAD,
                    waveforms.get(0).element() + ".code",
                    waveforms.size() + " waveforms name no lead, and the lead order in the source's settings has "
                            + order.size() + " leads; expected as many waveforms, or a code for each lead");
        }
        Map<Lead, List<LeadElement>> leads = new EnumMap<>(Lead.class);
        for (int i = 0; i < order.size(); i++) {
            leads.put(order.leads().get(i), List.of(waveforms.get(i)));
        }
        return leads;
    }

    private static Map<Lead, List<LeadElement>> interlaced(List<LeadElement> waveforms, LeadOrder order)
            throws Refusal {
        Map<Lead, List<LeadElement>> leads = new EnumMap<>(Lead.class);
        for (LeadElement waveform : waveforms) {
            if (dimensions(waveform) != order.size()) {
                throw new Refusal(
                        RefusalReason.UNSUPPORTED_FORM,
                        waveform.path() + ".dimensions",
                        "dimensions is " + dimensions(waveform)
                                + ", and the lead order in the source's settings has " + order.size()
                                + " leads; expected the same number");
            }
            if (!waveforms.get(0).isLabelledLike(waveform)) {
                throw new Refusal(
                        RefusalReason.UNSUPPORTED_FORM,
                        waveform.element() + ".code",
                        "interlaced leads stand here and in " + waveforms.get(0).element()
                                + " with other codes or texts; expected consecutive chunks, which are labelled alike");
            }
        }
        order.leads().forEach(lead -> leads.put(lead, List.copyOf(waveforms)));
        return leads;
    }

    private static int dimensions(LeadElement waveform) {
        return waveform.data().map(data -> data.getDimensions()).orElse(0);
    }
}
