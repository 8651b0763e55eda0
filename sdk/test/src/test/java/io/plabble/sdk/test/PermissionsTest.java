package io.plabble.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.Permission;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.DeleteRequest;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.packet.SubscribeRequest;
import io.plabble.protocol.internal.packet.UnsubscribeRequest;
import io.plabble.protocol.internal.packet.WipeRequest;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every combination of permissions, for every request, with the bucket's key and without (§8). */
class PermissionsTest {
    private static final int DONE = RawClient.DONE;
    private static final int DENIED = 3;
    private static final int TAKEN = 51;
    private static final int NOT_DELETABLE = 71;

    private static final PlabbleTestServer SERVER = PlabbleTestServer.start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    static Stream<Set<Permission>> everyCombination() {
        Permission[] all = Permission.values();
        return IntStream.range(0, 1 << all.length).mapToObj(bits -> {
            Set<Permission> chosen = EnumSet.noneOf(Permission.class);
            IntStream.range(0, all.length).filter(i -> (bits >> i & 1) != 0).forEach(i -> chosen.add(all[i]));
            return chosen;
        });
    }

    @ParameterizedTest
    @MethodSource("everyCombination")
    void everybodyMayDoWhatThePublicPermissionsSay(Set<Permission> permissions) throws IOException {
        check(
                permissions,
                false,
                permissions.contains(Permission.PUBLIC_READ),
                permissions.contains(Permission.PUBLIC_WRITE),
                permissions.contains(Permission.PUBLIC_APPEND));
    }

    @ParameterizedTest
    @MethodSource("everyCombination")
    void holdersOfTheKeyMayAlsoReadAndDoWhatThePrivatePermissionsSay(Set<Permission> permissions) throws IOException {
        check(
                permissions,
                true,
                true,
                permissions.contains(Permission.PUBLIC_WRITE) || permissions.contains(Permission.PRIVATE_WRITE),
                permissions.contains(Permission.PUBLIC_APPEND) || permissions.contains(Permission.PRIVATE_APPEND));
    }

    private static void check(Set<Permission> permissions, boolean owner, boolean read, boolean write, boolean append)
            throws IOException {
        try (RawClient client = RawClient.connect(SERVER)) {
            Function<Function<BucketId, BucketRequest>, Integer> code = request -> {
                try {
                    BucketId bucket = BucketId.generate(0, permissions);
                    BucketKey key = client.create(bucket);
                    client.ask(RawClient.putting(bucket, Slot.of(0, "first")), key); // done if anybody could
                    return client.code(request.apply(bucket), owner ? key : null);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            };

            int ofReading = read ? DONE : DENIED;
            int ofWriting = write ? DONE : DENIED;
            assertThat(code.apply(id -> new ReadRequest(id, SlotRange.all(), false)))
                    .isEqualTo(ofReading);
            assertThat(code.apply(id -> new ReadRequest(id, SlotRange.all(), true)))
                    .isEqualTo(ofReading);
            assertThat(code.apply(id -> new SubscribeRequest(id, SlotRange.all())))
                    .isEqualTo(ofReading);
            assertThat(code.apply(UnsubscribeRequest::new)).isEqualTo(DONE);
            assertThat(code.apply(id -> RawClient.putting(id, Slot.of(1, "next"))))
                    .isEqualTo(write || append ? DONE : DENIED);
            assertThat(code.apply(id -> RawClient.putting(id, Slot.of(0, "filled"))))
                    .isEqualTo(write ? DONE : append ? TAKEN : DENIED);
            assertThat(code.apply(id -> RawClient.putting(id, Slot.of(9, "far"))))
                    .isEqualTo(ofWriting);
            assertThat(code.apply(RawClient::putting)).isEqualTo(write || append ? DONE : DENIED);
            assertThat(code.apply(id -> RawClient.appending(id, "next"))).isEqualTo(append ? DONE : DENIED);
            assertThat(code.apply(id -> new WipeRequest(id, SlotRange.all()))).isEqualTo(ofWriting);
            assertThat(code.apply(DeleteRequest::new))
                    .isEqualTo(!write ? DENIED : permissions.contains(Permission.DELETABLE) ? DONE : NOT_DELETABLE);
        }
    }
}
