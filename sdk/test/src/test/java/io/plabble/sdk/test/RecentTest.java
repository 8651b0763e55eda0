package io.plabble.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
    @Test
    void aServerThatRunsForWeeksForgetsWhatIsLongAgo() {
        Recent<Integer> recent = new Recent<>();
        for (int number = 0; number < Recent.MOST + 2; number++) {
            recent.add(number);
        }

        assertThat(recent.list()).hasSize(Recent.MOST).startsWith(2, 3).endsWith(Recent.MOST + 1);
    }
}
