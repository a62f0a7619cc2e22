package dev.ecgfhir.inference.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkspacePoolTest {
    @Test
    void lends_the_same_buffers_again() {
        WorkspacePool pool = new WorkspacePool(2);

        Workspace first = pool.with(space -> space);

        assertThat(pool.<Workspace>with(space -> space)).isSameAs(first);
        assertThat(pool.kept()).isEqualTo(1);
    }

    @Test
    void lets_go_of_buffers_that_a_long_signal_has_blown_up() {
        WorkspacePool pool = new WorkspacePool(2);

        pool.with(space -> space.x = new float[20 << 20]);

        assertThat(pool.kept()).isZero();
    }
}
