package dev.ecgfhir.repository;

import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.ClientIdStrategyEnum;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.IdStrategyEnum;
import ca.uhn.fhir.jpa.model.entity.StorageSettings.IndexEnabledEnum;

/** What HAPI's storage is told, each with its reason. */
final class StorageSettings {
    private StorageSettings() {}

    static JpaStorageSettings create() {
        JpaStorageSettings settings = new JpaStorageSettings();
        // Reports have ids of their own making, so that a repeated delivery meets itself.
        settings.setResourceClientIdStrategy(ClientIdStrategyEnum.ANY);
        settings.setResourceServerIdStrategy(IdStrategyEnum.UUID);
        // HAPI would answer a repeated search from memory for a minute, and the poll would miss what came since.
        settings.setReuseCachedSearchResultsForMillis(null);
        // A report may stand on another server than its ECG and patient.
        settings.setAllowExternalReferences(true);
        // See PlaceholderPolicy.
        settings.setAutoCreatePlaceholderReferenceTargets(true);
        settings.setIndexMissingFields(IndexEnabledEnum.DISABLED);
        // The texts of codes are not searched by; the 150 components of an Observation with all scores would be 300
        // rows more.
        settings.setSuppressStringIndexingInTokens(true);
        settings.setEnableTaskPreExpandValueSets(false);
        settings.setEnableTaskBulkExportJobExecution(false);
        settings.setEnableTaskBulkImportJobExecution(false);
        // Our code system has 150 concepts; above this size they would be stored later, and $lookup would miss them
        // until then.
        settings.setDeferIndexingForCodesystemsOfSize(10_000);
        settings.setHibernateSearchIndexFullText(false);
        settings.setHibernateSearchIndexSearchParams(false);
        return settings;
    }
}
