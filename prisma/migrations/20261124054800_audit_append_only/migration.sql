-- The audit trail can only grow: whoever may write to the database through the server can neither change nor remove a row.
CREATE FUNCTION "refuseAuditChange"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only: % of "AuditEntry" is refused', TG_OP;
END;
$$;

CREATE TRIGGER "AuditEntry_appendOnly"
  BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEntry"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseAuditChange"();
