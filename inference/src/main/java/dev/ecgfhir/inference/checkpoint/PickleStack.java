package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a pickle has on its stack, between its marks and in its memo. Not safe for concurrent use. */
final class PickleStack {
    private static final int DEEPEST_MARK = 1_000;
    private static final int MOST_MEMO_ENTRIES = 1_000_000;

    private final String where;
    private final Deque<List<@Nullable Object>> marked = new ArrayDeque<>();
    private final Map<Long, @Nullable Object> memo = new HashMap<>();
    private List<@Nullable Object> stack = new ArrayList<>();

    /**
     * Makes an empty stack.
     *
     * @param where names the file and its part in messages
     */
    PickleStack(String where) {
        this.where = where;
    }

    void push(@Nullable Object value) {
        stack.add(value);
    }

    @Nullable
    Object pop() {
        return stack.remove(top());
    }

    /** Returns the uppermost value and leaves it there. */
    @Nullable
    Object peek() {
        return stack.get(top());
    }

    /** Takes so many values off, the uppermost last. */
    List<@Nullable Object> pop(int size) {
        @Nullable Object[] items = new @Nullable Object[size];
        for (int i = size - 1; i >= 0; i--) {
            items[i] = pop();
        }
        return Arrays.asList(items);
    }

    void mark() {
        if (marked.size() >= DEEPEST_MARK) {
            throw new CheckpointException(
                    Reason.TOO_LARGE, where + ": the pickle is nested more than " + DEEPEST_MARK + " deep");
        }
        marked.push(stack);
        stack = new ArrayList<>();
    }

    /** Takes everything off that was pushed since the last mark, and the mark. */
    List<@Nullable Object> popMark() {
        if (marked.isEmpty()) {
            throw damaged("the pickle closes a group that it never opened");
        }
        List<@Nullable Object> items = stack;
        stack = marked.pop();
        return items;
    }

    /** Stores the uppermost value under the next free number. */
    void remember() {
        remember(memo.size());
    }

    /** Stores the uppermost value. */
    void remember(long index) {
        if (memo.size() >= MOST_MEMO_ENTRIES) {
            throw new CheckpointException(
                    Reason.TOO_LARGE, where + ": the pickle remembers more than " + MOST_MEMO_ENTRIES + " values");
        }
        memo.put(index, peek());
    }

    /** Pushes a stored value. */
    void recall(long index) {
        if (!memo.containsKey(index)) {
            throw damaged("the pickle recalls value " + index + ", which it never stored");
        }
        push(memo.get(index));
    }

    private int top() {
        if (stack.isEmpty()) {
            throw damaged("the pickle takes a value from an empty stack");
        }
        return stack.size() - 1;
    }

    private CheckpointException damaged(String text) {
        return new CheckpointException(Reason.DAMAGED, where + ": " + text);
    }
}
