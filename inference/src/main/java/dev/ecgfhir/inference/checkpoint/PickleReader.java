package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of Python's pickle language that checkpoints need, into plain Java values.
 *
 * <p>It executes nothing. A global that is not on the list of {@link PickleGlobals} ends the reading; one that is becomes a plain
 * value here. Every opcode consumes input and pushes at most one value of bounded size, so memory and time are bounded by the input's
 * length. Not safe for concurrent use.
 *
 * <h2>References</h2>
 * Python, {@code Lib/pickletools.py}: the opcodes and their arguments, protocols 0 to 5.
 */
final class PickleReader {
    /** Keys of one kind that collide are still found by order; those of two kinds would have to be searched one by one. */
    private static final int MOST_MIXED_KEYS = 1_000;

    private final String where;
    private final PickleInput in;
    private final PickleStack stack;
    private final Map<String, PickleGlobals.Storage> storages = new HashMap<>();

    /**
     * Makes a reader.
     *
     * @param where names the file and its part in messages
     * @param bytes starts at the pickle; {@link #read} leaves its position behind the pickle's end
     */
    PickleReader(String where, ByteBuffer bytes) {
        this.where = where;
        this.in = new PickleInput(where, bytes);
        this.stack = new PickleStack(where);
    }

    /** Reads one pickle to its STOP. Dictionaries become {@link LinkedHashMap}, lists and tuples {@link List}, integers Long. */
    @Nullable
    Object read() {
        try {
            while (true) {
                int opcode = in.unsignedByte();
                if (opcode == '.') {
                    return stack.pop();
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
            case 0x80 -> protocol(in.unsignedByte());
            case 0x95 -> in.signedLong(); // FRAME: only a hint for buffering
            case '(' -> stack.mark();
            case '0' -> stack.pop();
            case '1' -> stack.popMark();
            case '2' -> stack.push(stack.peek());
            case 'N' -> stack.push(null);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'J' -> stack.push((long) in.signedInt());
            case 'K' -> stack.push((long) in.unsignedByte());
            case 'M' -> stack.push((long) in.unsignedShort());
            case 0x8a -> stack.push(in.integer(in.unsignedByte()));
            case 'G' -> stack.push(in.bigEndianDouble());
            case 'X' -> stack.push(in.text(in.unsignedInt()));
            case 0x8c -> stack.push(in.text(in.unsignedByte()));
            case 'C', 'U' -> inert(in.unsignedByte());
            case 'B', 'T' -> inert(in.unsignedInt());
            case '}' -> stack.push(new LinkedHashMap<@Nullable Object, @Nullable Object>());
            case ']' -> stack.push(new ArrayList<@Nullable Object>());
            case ')' -> stack.push(List.of());
            case 't' -> stack.push(stack.popMark());
            case 0x85 -> stack.push(stack.pop(1));
            case 0x86 -> stack.push(stack.pop(2));
            case 0x87 -> stack.push(stack.pop(3));
            case 'a' -> append(stack.pop(1));
            case 'e' -> append(stack.popMark());
            case 's' -> setItems(stack.pop(2));
            case 'u' -> setItems(stack.popMark());
            case 'q' -> stack.remember(in.unsignedByte());
            case 'r' -> stack.remember(in.unsignedInt());
            case 0x94 -> stack.remember();
            case 'h' -> stack.recall(in.unsignedByte());
            case 'j' -> stack.recall(in.unsignedInt());
            case 'c' -> stack.push(PickleGlobals.find(where, in.line(), in.line()));
            case 0x93 -> stackGlobal();
            case 'R' -> reduce();
            case 'b' -> build();
            case 'Q' -> storage(PickleGlobals.storage(where, stack.pop()));
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

    /** A byte string: a training score beside the weights has some. */
    private void inert(long length) {
        in.skip(length);
        stack.push(new PickleGlobals.Inert());
    }

    private void storage(PickleGlobals.Storage storage) {
        PickleGlobals.Storage known = storages.putIfAbsent(storage.key(), storage);
        if (known != null && !known.equals(storage)) {
            throw damaged("storage '" + storage.key() + "' is named twice, as " + known.elements() + " " + known.type()
                    + " and as " + storage.elements() + " " + storage.type());
        }
        stack.push(storage);
    }

    private void stackGlobal() {
        Object name = stack.pop();
        Object module = stack.pop();
        if (!(module instanceof String m && name instanceof String n)) {
            throw damaged("a global is not named by two strings");
        }
        stack.push(PickleGlobals.find(where, m, n));
    }

    private void reduce() {
        Object arguments = stack.pop();
        Object function = stack.pop();
        if (!(function instanceof PickleGlobals global && arguments instanceof List<?> list)) {
            throw damaged("a value that is not a known constructor is called");
        }
        stack.push(global.construct(where, list));
    }

    /** The state of an object: torch puts metadata on an ordered dict there, numpy the byte order of a dtype. Not used. */
    private void build() {
        stack.pop();
        Object target = stack.peek();
        if (!(target instanceof Map || target instanceof PickleGlobals.Inert)) {
            throw damaged("a state is set on a value that has none");
        }
    }

    private void append(List<?> items) {
        if (!(stack.peek() instanceof ArrayList<?>)) {
            throw damaged("something is appended to a value that is no list");
        }
        @SuppressWarnings("unchecked") // only this reader makes ArrayLists
        ArrayList<@Nullable Object> list = (ArrayList<@Nullable Object>) stack.peek();
        list.addAll(items);
    }

    private void setItems(List<?> items) {
        if (!(stack.peek() instanceof LinkedHashMap<?, ?>) || items.size() % 2 != 0) {
            throw damaged("items are set on a value that is no dictionary, or a key has no value");
        }
        @SuppressWarnings("unchecked") // only this reader makes LinkedHashMaps
        Map<@Nullable Object, @Nullable Object> map = (LinkedHashMap<@Nullable Object, @Nullable Object>) stack.peek();
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            if (!(key instanceof String || key instanceof Long)) { // anything nested could hash without end
                throw damaged("a dictionary has a key that is neither text nor an integer");
            }
            if (map.size() >= MOST_MIXED_KEYS
                    && !key.getClass().equals(map.keySet().iterator().next().getClass())) {
                throw damaged(
                        "a dictionary of more than " + MOST_MIXED_KEYS + " keys has texts and integers among them");
            }
            if (map.containsKey(key)) {
                throw damaged("a dictionary has the key '" + key + "' twice");
            }
            map.put(key, items.get(i + 1));
        }
    }

    private CheckpointException damaged(String text) {
        return new CheckpointException(Reason.DAMAGED, where + ": " + text);
    }
}
