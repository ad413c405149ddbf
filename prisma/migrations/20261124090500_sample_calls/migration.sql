-- CreateTable
CREATE TABLE "SampleCall" (
    "userId" UUID NOT NULL,
    "callId" UUID NOT NULL,
    "deviceId" UUID NOT NULL,
    "loadedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SampleCall_pkey" PRIMARY KEY ("userId")
);

-- CreateIndex
CREATE UNIQUE INDEX "SampleCall_callId_key" ON "SampleCall"("callId");

-- CreateIndex
CREATE UNIQUE INDEX "SampleCall_deviceId_key" ON "SampleCall"("deviceId");

-- AddForeignKey
ALTER TABLE "SampleCall" ADD CONSTRAINT "SampleCall_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SampleCall" ADD CONSTRAINT "SampleCall_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
