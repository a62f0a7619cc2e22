package dev.ecgfhir.repository;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/**
 * Rewrites HAPI's sorted searches so that H2 may begin with the table that says most.
 *
 * <p>HAPI joins what a search asks for and what it sorts by to HFJ_RESOURCE: {@code FROM HFJ_RESOURCE t1 INNER JOIN a t0 ON (t1.RES_ID =
 * t0.RES_ID) LEFT OUTER JOIN b t2 ON ((t1.RES_ID = t2.RES_ID) ...}. H2 keeps an outer join behind the table that stands before it, here
 * {@code t0}; as its condition names {@code t1}, {@code t1} has to come first, and every resource that is stored is looked at. Among ten thousand reports
 * that took longer than twenty seconds. The same condition on {@code t0}, whose id is that of {@code t1}, leaves H2 free. PostgreSQL needs none of this.
 */
final class OuterJoinOrder implements StatementInspector {
    private static final String OUTER = " LEFT OUTER JOIN ";
    private static final Pattern INNER =
            Pattern.compile(" INNER JOIN \\w+ (t\\d+) ON \\((t\\d+)\\.RES_ID = (\\1\\.\\w*RES(?:OURCE)?_ID)\\)$");

    @Override
    public String inspect(String sql) {
        int outer = sql.indexOf(OUTER);
        if (outer < 0 || !sql.startsWith("SELECT ")) {
            return sql;
        }
        Matcher inner = INNER.matcher(sql.substring(0, outer));
        if (!inner.find()) {
            return sql;
        }
        String root = inner.group(2);
        return sql.substring(0, outer)
                + sql.substring(outer)
                        .replaceAll(
                                OUTER + "(\\w+) (t\\d+) ON \\(\\(" + root + "\\.RES_ID = \\2\\.RES_ID\\)",
                                OUTER + "$1 $2 ON ((" + inner.group(3) + " = $2.RES_ID)");
    }
}
