-- What was said and done in a call, as words without places: one row a call, so that a list looks for a word in 100 000 rows
-- instead of a million sentences. Triggers keep it, so that it cannot say anything else than the rows that it is made of.

-- CreateTable
CREATE TABLE "CallWords" (
    "callId" UUID NOT NULL,
    "isClosed" BOOLEAN NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "CallWords_pkey" PRIMARY KEY ("callId")
);

-- AddForeignKey
ALTER TABLE "CallWords" ADD CONSTRAINT "CallWords_callId_fkey" FOREIGN KEY ("callId") REFERENCES "Call"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Every end of a telephone number, marked with a plus so that no word is like it: the beginning of an end is any part of the number.
CREATE FUNCTION "phoneEnds"("phone" text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce((SELECT array_to_tsvector(array_agg('+' || substr("phoneDigits"("phone"), place)))
    FROM generate_series(1, length("phoneDigits"("phone"))) AS place), ''::tsvector);

CREATE FUNCTION "callWords"("call" uuid) RETURNS tsvector LANGUAGE sql STABLE
  RETURN (
    SELECT strip(
      coalesce((SELECT "utteranceWords"(string_agg("text", ' ')) FROM "Utterance" WHERE "callId" = "call"), '')
      || coalesce((SELECT "actionWords"(string_agg(concat_ws(' ', "objectType", "objectId", "objectName"), ' '), NULL, NULL, jsonb_agg("changes")) FROM "Action" WHERE "callId" = "call"), '')
      || "customerWords"("customerName") || "phoneEnds"("customerPhone"))
    FROM "Call" WHERE "id" = "call"
  );

-- What is said and done is added; whatever else happens makes the row anew. A call with more different words than a row can hold
-- (a megabyte) keeps those that it has.
CREATE FUNCTION "addUtterancesToCallWords"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "CallWords" SET "words" = "CallWords"."words" || strip(said."words")
    FROM (SELECT "callId", "utteranceWords"(string_agg("text", ' ')) AS "words" FROM "changed" GROUP BY "callId") AS said
    WHERE "CallWords"."callId" = said."callId";
  RETURN NULL;
EXCEPTION WHEN program_limit_exceeded THEN
  RETURN NULL;
END $$;

CREATE FUNCTION "addActionsToCallWords"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "CallWords" SET "words" = "CallWords"."words" || strip(done."words")
    FROM (
      SELECT "callId", "actionWords"(string_agg(concat_ws(' ', "objectType", "objectId", "objectName"), ' '), NULL, NULL, jsonb_agg("changes")) AS "words"
      FROM "changed" GROUP BY "callId"
    ) AS done
    WHERE "CallWords"."callId" = done."callId";
  RETURN NULL;
EXCEPTION WHEN program_limit_exceeded THEN
  RETURN NULL;
END $$;

CREATE FUNCTION "remakeCallWords"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "CallWords" SET "words" = "callWords"("callId") WHERE "callId" IN (SELECT "callId" FROM "changed")
    AND EXISTS (SELECT 1 FROM "Call" WHERE "id" = "callId");
  RETURN NULL;
EXCEPTION WHEN program_limit_exceeded THEN
  RETURN NULL;
END $$;

CREATE FUNCTION "insertCallWords"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "CallWords" ("callId", "isClosed", "words")
    SELECT "id", "state" = 'closed', strip("customerWords"("customerName") || "phoneEnds"("customerPhone")) FROM "changed";
  RETURN NULL;
EXCEPTION WHEN program_limit_exceeded THEN
  RETURN NULL;
END $$;

CREATE FUNCTION "updateCallWords"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "CallWords" SET "isClosed" = NEW."state" = 'closed', "words" = "callWords"(NEW."id") WHERE "callId" = NEW."id";
  RETURN NULL;
EXCEPTION WHEN program_limit_exceeded THEN
  RETURN NULL;
END $$;

CREATE TRIGGER "Utterance_inserted" AFTER INSERT ON "Utterance" REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "addUtterancesToCallWords"();
CREATE TRIGGER "Utterance_updated" AFTER UPDATE ON "Utterance" REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "remakeCallWords"();
CREATE TRIGGER "Utterance_deleted" AFTER DELETE ON "Utterance" REFERENCING OLD TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "remakeCallWords"();
CREATE TRIGGER "Action_inserted" AFTER INSERT ON "Action" REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "addActionsToCallWords"();
CREATE TRIGGER "Action_updated" AFTER UPDATE ON "Action" REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "remakeCallWords"();
CREATE TRIGGER "Action_deleted" AFTER DELETE ON "Action" REFERENCING OLD TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "remakeCallWords"();
CREATE TRIGGER "Call_inserted" AFTER INSERT ON "Call" REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "insertCallWords"();
CREATE TRIGGER "Call_updated" AFTER UPDATE ON "Call" FOR EACH ROW
  WHEN (OLD."state" IS DISTINCT FROM NEW."state" OR OLD."customerName" IS DISTINCT FROM NEW."customerName" OR OLD."customerPhone" IS DISTINCT FROM NEW."customerPhone")
  EXECUTE FUNCTION "updateCallWords"();

INSERT INTO "CallWords" ("callId", "isClosed", "words") SELECT "id", "state" = 'closed', "callWords"("id") FROM "Call";

-- The words of a call that runs grow with every sentence, which an index of all words would make dear: those few are looked through.
CREATE INDEX "CallWords_words_idx" ON "CallWords" USING gin ("words") WHERE "isClosed";
CREATE INDEX "CallWords_running_idx" ON "CallWords"("callId") WHERE NOT "isClosed";

-- What all calls of a filter add up to is read from an index alone.
CREATE INDEX "Call_fault_idx" ON "Call"("id") WHERE "fault" IS NOT NULL;

-- DropIndex
DROP INDEX "Call_startedAt_id_idx";

-- CreateIndex
CREATE INDEX "Call_began_idx" ON "Call"("startedAt" DESC, "id" DESC, "technicianId", "deviceId", "state", "lengthMs", "lostMs", "pausedMs", "hasChange");
