package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of Python's pickle language that checkpoints need, into plain Java values.
 *
 * <p>It executes nothing. A global that is not on the list of {@link PickleGlobals} ends the reading; one that is becomes a plain
 * value here. Every opcode consumes input and pushes at most one value, so memory and time are bounded by the input's length.
 * Not safe for concurrent use.
 *
 * <h2>References</h2>
 * Python, {@code Lib/pickletools.py}: the opcodes and their arguments, protocols 0 to 5.
 */
final class PickleReader {
    private static final int DEEPEST_MARK = 1_000;
    private static final int MOST_MEMO_ENTRIES = 1_000_000;

    private final String where;
    private final ByteBuffer in;
    private final Deque<List<@Nullable Object>> marked = new ArrayDeque<>();
    private final Map<Long, @Nullable Object> memo = new HashMap<>();
    private final Map<String, PickleGlobals.Storage> storages = new HashMap<>();
    private List<@Nullable Object> stack = new ArrayList<>();

    /**
     * Makes a reader.
     *
     * @param where names the file and its part in messages
     * @param bytes starts at the pickle; {@link #read} leaves its position behind the pickle's end
     */
    PickleReader(String where, ByteBuffer bytes) {
        this.where = where;
        this.in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads one pickle to its STOP. Dictionaries become {@link LinkedHashMap}, lists and tuples {@link List}, integers Long. */
    @Nullable
    Object read() {
        try {
            while (true) {
                int opcode = in.get() & 0xff;
                if (opcode == '.') {
                    return pop();
                }
                step(opcode);
            }
        } catch (java.nio.BufferUnderflowException e) {
            throw new CheckpointException(Reason.DAMAGED, where + ": the pickle ends before its STOP", e);
        }
    }

    /** Returns the storages that the pickles read so far name, by key. */
    Map<String, PickleGlobals.Storage> storages() {
        return storages;
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> protocol(in.get() & 0xff);
            case 0x95 -> in.getLong(); // FRAME: only a hint for buffering
            case '(' -> mark();
            case '0' -> pop();
            case '1' -> popMark();
            case '2' -> push(peek());
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.getInt());
            case 'K' -> push((long) (in.get() & 0xff));
            case 'M' -> push((long) (in.getShort() & 0xffff));
            case 0x8a -> push(integer(in.get() & 0xff));
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case 'X' -> push(text(length(in.getInt() & 0xffffffffL)));
            case 0x8c -> push(text(in.get() & 0xff));
            case 'C', 'U' -> inert(in.get() & 0xff);
            case 'B', 'T' -> inert(length(in.getInt() & 0xffffffffL));
            case '}' -> push(new LinkedHashMap<@Nullable Object, @Nullable Object>());
            case ']' -> push(new ArrayList<@Nullable Object>());
            case ')' -> push(List.of());
            case 't' -> push(popMark());
            case 0x85 -> push(tuple(1));
            case 0x86 -> push(tuple(2));
            case 0x87 -> push(tuple(3));
            case 'a' -> append(tuple(1));
            case 'e' -> append(popMark());
            case 's' -> setItems(tuple(2));
            case 'u' -> setItems(popMark());
            case 'q' -> remember(in.get() & 0xff);
            case 'r' -> remember(in.getInt() & 0xffffffffL);
            case 0x94 -> remember(memo.size());
            case 'h' -> push(recall(in.get() & 0xff));
            case 'j' -> push(recall(in.getInt() & 0xffffffffL));
            case 'c' -> push(PickleGlobals.find(where, line(), line()));
            case 0x93 -> stackGlobal();
            case 'R' -> reduce();
            case 'b' -> build();
            case 'Q' -> storage(PickleGlobals.storage(where, pop()));
            default ->
                throw damaged("opcode 0x%02x at byte %d is not one that a checkpoint needs"
                        .formatted(opcode, in.position() - 1));
        }
    }

    private void protocol(int version) {
        if (version > 5) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED, where + ": pickle protocol " + version + "; expected 0..5");
        }
    }

    private void storage(PickleGlobals.Storage storage) {
        PickleGlobals.Storage known = storages.putIfAbsent(storage.key(), storage);
        if (known != null && !known.equals(storage)) {
            throw damaged("storage '" + storage.key() + "' is named twice, as " + known.elements() + " " + known.type()
                    + " and as " + storage.elements() + " " + storage.type());
        }
        push(storage);
    }

    private void stackGlobal() {
        Object name = pop();
        Object module = pop();
        if (!(module instanceof String m && name instanceof String n)) {
            throw damaged("a global is not named by two strings");
        }
        push(PickleGlobals.find(where, m, n));
    }

    private void reduce() {
        Object arguments = pop();
        Object function = pop();
        if (!(function instanceof PickleGlobals global && arguments instanceof List<?> list)) {
            throw damaged("a value that is not a known constructor is called");
        }
        push(global.construct(where, list));
    }

    /** The state of an object: torch puts metadata on an ordered dict there, numpy the byte order of a dtype. Not used. */
    private void build() {
        pop();
        Object target = peek();
        if (!(target instanceof Map || target instanceof PickleGlobals.Inert)) {
            throw damaged("a state is set on a value that has none");
        }
    }

    private void append(List<?> items) {
        if (!(peek() instanceof ArrayList<?>)) {
            throw damaged("something is appended to a value that is no list");
        }
        @SuppressWarnings("unchecked") // only this reader makes ArrayLists
        ArrayList<@Nullable Object> list = (ArrayList<@Nullable Object>) peek();
        list.addAll(items);
    }

    private void setItems(List<?> items) {
        if (!(peek() instanceof LinkedHashMap<?, ?>) || items.size() % 2 != 0) {
            throw damaged("items are set on a value that is no dictionary, or a key has no value");
        }
        @SuppressWarnings("unchecked") // only this reader makes LinkedHashMaps
        Map<@Nullable Object, @Nullable Object> map = (LinkedHashMap<@Nullable Object, @Nullable Object>) peek();
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            if (!(key instanceof String || key instanceof Long)) { // anything nested could hash without end
                throw damaged("a dictionary has a key that is neither text nor an integer");
            }
            if (map.containsKey(key)) {
                throw damaged("a dictionary has the key '" + key + "' twice");
            }
            map.put(key, items.get(i + 1));
        }
    }

    private void mark() {
        if (marked.size() >= DEEPEST_MARK) {
            throw new CheckpointException(
                    Reason.TOO_LARGE, where + ": the pickle is nested more than " + DEEPEST_MARK + " deep");
        }
        marked.push(stack);
        stack = new ArrayList<>();
    }

    private List<@Nullable Object> popMark() {
        if (marked.isEmpty()) {
            throw damaged("the pickle closes a group that it never opened");
        }
        List<@Nullable Object> items = stack;
        stack = marked.pop();
        return items;
    }

    private List<@Nullable Object> tuple(int size) {
        @Nullable Object[] items = new @Nullable Object[size];
        for (int i = size - 1; i >= 0; i--) {
            items[i] = pop();
        }
        return Arrays.asList(items);
    }

    private void push(@Nullable Object value) {
        stack.add(value);
    }

    private @Nullable Object pop() {
        if (stack.isEmpty()) {
            throw damaged("the pickle takes a value from an empty stack");
        }
        return stack.remove(stack.size() - 1);
    }

    private @Nullable Object peek() {
        if (stack.isEmpty()) {
            throw damaged("the pickle takes a value from an empty stack");
        }
        return stack.get(stack.size() - 1);
    }

    private void remember(long index) {
        if (memo.size() >= MOST_MEMO_ENTRIES) {
            throw new CheckpointException(
                    Reason.TOO_LARGE, where + ": the pickle remembers more than " + MOST_MEMO_ENTRIES + " values");
        }
        memo.put(index, peek());
    }

    private @Nullable Object recall(long index) {
        if (!memo.containsKey(index)) {
            throw damaged("the pickle recalls value " + index + ", which it never stored");
        }
        return memo.get(index);
    }

    private Object integer(int length) {
        byte[] littleEndian = bytes(length);
        byte[] bigEndian = new byte[length];
        for (int i = 0; i < length; i++) {
            bigEndian[i] = littleEndian[length - 1 - i];
        }
        BigInteger value = length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
        return value.bitLength() < 64 ? value.longValue() : value;
    }

    private String text(int length) {
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(length)));
            return decoded.toString();
        } catch (CharacterCodingException e) {
            throw new CheckpointException(Reason.DAMAGED, where + ": a text of the pickle is not UTF-8", e);
        }
    }

    /** A byte string: skipped, its content is never used. */
    private void inert(int length) {
        bytes(length);
        push(new PickleGlobals.Inert());
    }

    private String line() {
        int start = in.position();
        while (in.get() != '\n') {
            if (in.position() - start > 256) {
                throw damaged("a global's name is longer than 256 bytes");
            }
        }
        byte[] name = new byte[in.position() - start - 1];
        in.get(start, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) {
        if (length > in.remaining()) {
            throw damaged("a value of " + length + " bytes does not fit in the " + in.remaining() + " that are left");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private int length(long claimed) {
        if (claimed > in.remaining()) {
            throw damaged("a value of " + claimed + " bytes does not fit in the " + in.remaining() + " that are left");
        }
        return (int) claimed;
    }

    private CheckpointException damaged(String text) {
        return new CheckpointException(Reason.DAMAGED, where + ": " + text);
    }
}
