-- AlterTable
ALTER TABLE "Call" ADD COLUMN     "hasChange" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "lostMs" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "pausedMs" INTEGER NOT NULL DEFAULT 0;

-- What the projection writes from now on, for the calls that are there (protocol/completeness.ts, isStarting).
UPDATE "Call" SET
  "lostMs" = coalesce((
    SELECT max(lost) FROM (
      SELECT sum((r->>'toMs')::int - (r->>'fromMs')::int) AS lost
      FROM jsonb_array_elements("completeness"->'tracks') WITH ORDINALITY AS track(t, number), jsonb_array_elements(t->'ranges') AS r
      WHERE r->>'state' = 'lost' AND NOT (r->>'cause' = 'starting' AND (r->>'toMs')::int <= 500)
      GROUP BY number
    ) AS tracks
  ), 0),
  "pausedMs" = coalesce((SELECT max((t->>'pausedMs')::int) FROM jsonb_array_elements("completeness"->'tracks') AS t), 0),
  "hasChange" = EXISTS (SELECT 1 FROM "Action" WHERE "callId" = "Call"."id" AND jsonb_array_length("changes") > 0);

-- DropIndex
DROP INDEX "Call_startedAt_idx";

-- DropIndex
DROP INDEX "Call_technicianId_startedAt_idx";

-- CreateIndex
CREATE INDEX "Call_technicianId_startedAt_id_idx" ON "Call"("technicianId", "startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Call_startedAt_id_idx" ON "Call"("startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Call_lengthMs_id_idx" ON "Call"("lengthMs", "id");

-- CreateTable
CREATE TABLE "SavedView" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SavedView_userId_name_key" ON "SavedView"("userId", "name");

-- AddForeignKey
ALTER TABLE "SavedView" ADD CONSTRAINT "SavedView_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What search looks in. The words are taken as they are, because calls come in many languages; `simple` knows no endings.
-- Each is a function, so that index and query cannot say different things.
CREATE FUNCTION "utteranceWords"("text" text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('simple'::regconfig, "text");

CREATE FUNCTION "actionWords"("objectType" text, "objectId" text, "objectName" text, "changes" jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('simple'::regconfig, "objectType" || ' ' || coalesce("objectId", '') || ' ' || coalesce("objectName", ''))
    || jsonb_to_tsvector('simple'::regconfig, "changes", '["string"]'::jsonb);

CREATE FUNCTION "customerWords"("name" text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('simple'::regconfig, coalesce("name", ''));

CREATE FUNCTION "phoneDigits"("phone" text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN translate("phone", '+ ().-', '');

CREATE INDEX "Utterance_words_idx" ON "Utterance" USING gin ("utteranceWords"("text"));
CREATE INDEX "Action_words_idx" ON "Action" USING gin ("actionWords"("objectType", "objectId", "objectName", "changes"));
CREATE INDEX "Call_customerWords_idx" ON "Call" USING gin ("customerWords"("customerName"));

-- The few calls without a transcript stand in the list before all others.
CREATE INDEX "CallTask_failed_idx" ON "CallTask"("callId") WHERE "kind" = 'transcript' AND "state" = 'failed';
