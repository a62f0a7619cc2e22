package dev.ecgfhir.ledger;

import java.sql.SQLException;

/** The ledger's database did not do what it was asked. Nothing half-done remains; trying again later is safe. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerException(String what, SQLException cause) {
        super(what + ": SQL state " + cause.getSQLState() + ", " + cause.getMessage(), cause);
    }
}
