package dev.ecgfhir.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OuterJoinOrderTest {
    private static String rewritten(String sql) {
        return new OuterJoinOrder().inspect(sql);
    }

    @Test
    void an_outer_join_depends_on_the_table_before_it() {
        assertThat(rewritten(
                        "SELECT t1.RES_ID FROM HFJ_RESOURCE t1 INNER JOIN HFJ_SPIDX_TOKEN t0 ON (t1.RES_ID = t0.RES_ID)"
                                + " LEFT OUTER JOIN HFJ_SPIDX_DATE t2 ON ((t1.RES_ID = t2.RES_ID) AND (t2.HASH_IDENTITY = ?))"
                                + " WHERE (t0.HASH_VALUE IN (?,?) ) ORDER BY t2.SP_VALUE_LOW DESC NULLS LAST"))
                .isEqualTo(
                        "SELECT t1.RES_ID FROM HFJ_RESOURCE t1 INNER JOIN HFJ_SPIDX_TOKEN t0 ON (t1.RES_ID = t0.RES_ID)"
                                + " LEFT OUTER JOIN HFJ_SPIDX_DATE t2 ON ((t0.RES_ID = t2.RES_ID) AND (t2.HASH_IDENTITY = ?))"
                                + " WHERE (t0.HASH_VALUE IN (?,?) ) ORDER BY t2.SP_VALUE_LOW DESC NULLS LAST");
    }

    @Test
    void the_last_of_several_joins_and_each_outer_join_are_taken() {
        assertThat(
                        rewritten(
                                "SELECT t1.RES_ID FROM HFJ_RESOURCE t1 INNER JOIN HFJ_SPIDX_TOKEN t0 ON (t1.RES_ID = t0.RES_ID)"
                                        + " INNER JOIN HFJ_RES_LINK t2 ON (t1.RES_ID = t2.SRC_RESOURCE_ID)"
                                        + " LEFT OUTER JOIN HFJ_SPIDX_DATE t3 ON ((t1.RES_ID = t3.RES_ID) AND (t3.HASH_IDENTITY = ?))"
                                        + " LEFT OUTER JOIN HFJ_SPIDX_TOKEN t4 ON ((t1.RES_ID = t4.RES_ID) AND (t4.HASH_IDENTITY = ?))"))
                .endsWith(
                        " LEFT OUTER JOIN HFJ_SPIDX_DATE t3 ON ((t2.SRC_RESOURCE_ID = t3.RES_ID) AND (t3.HASH_IDENTITY = ?))"
                                + " LEFT OUTER JOIN HFJ_SPIDX_TOKEN t4 ON ((t2.SRC_RESOURCE_ID = t4.RES_ID) AND (t4.HASH_IDENTITY = ?))");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT t0.RES_ID FROM HFJ_SPIDX_TOKEN t0 WHERE (t0.HASH_VALUE = ?)",
                "SELECT t0.RES_ID FROM HFJ_RESOURCE t0 LEFT OUTER JOIN HFJ_SPIDX_DATE t1 ON ((t0.RES_ID = t1.RES_ID) AND (t1.HASH_IDENTITY = ?))",
                "SELECT t1.RES_ID FROM HFJ_RESOURCE t1 INNER JOIN HFJ_RES_LINK t0 ON (t1.RES_ID = t0.TARGET_URL)"
                        + " LEFT OUTER JOIN HFJ_SPIDX_DATE t2 ON ((t1.RES_ID = t2.RES_ID) AND (t2.HASH_IDENTITY = ?))",
                "select a.x from a left outer join b on b.x = a.x",
                "insert into HFJ_RESOURCE (RES_ID) values (?)"
            })
    void other_statements_stay_as_they_are(String sql) {
        assertThat(rewritten(sql)).isEqualTo(sql);
    }
}
