package dev.ecgfhir.repository;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.ParamPrefixEnum;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import dev.ecgfhir.api.UnreviewedReports;
import dev.ecgfhir.fhir.report.ReportIdentity;
import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Resource;

/** Asks the repository as a caller of {@code /fhir} could. */
final class RepositoryUnreviewedReports implements UnreviewedReports {
    /** More unreviewed reports on one patient than a card could name. */
    private static final int MOST = 50;

    private final DaoRegistry types;

    RepositoryUnreviewedReports(DaoRegistry types) {
        this.types = types;
    }

    @Override
    public Bundle of(String patient, Instant since) {
        SearchParameterMap search = SearchParameterMap.newSynchronous()
                .add(DiagnosticReport.SP_PATIENT, new ReferenceParam("Patient/" + patient))
                .add(DiagnosticReport.SP_STATUS, new TokenOrListParam(null, "preliminary", "partial"))
                .add(DiagnosticReport.SP_IDENTIFIER, new TokenParam(ReportIdentity.REPORT_SYSTEM, null))
                .add(DiagnosticReport.SP_ISSUED, new DateParam(ParamPrefixEnum.GREATERTHAN_OR_EQUALS, Date.from(since)))
                .setSort(new SortSpec(DiagnosticReport.SP_ISSUED, SortOrderEnum.DESC))
                .setLoadSynchronousUpTo(MOST);
        search.addInclude(DiagnosticReport.INCLUDE_RESULT);
        IBundleProvider found = types.getResourceDao(DiagnosticReport.class).search(search, new SystemRequestDetails());
        Bundle bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
        found.getAllResources().forEach(resource -> bundle.addEntry().setResource((Resource) resource));
        return bundle;
    }
}
