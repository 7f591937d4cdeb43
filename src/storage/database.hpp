// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "chain/storage.hpp"

namespace bezant::storage {

/// The kinds of records in a store, each with keys of its own (docs/formats.md, "Store").
enum class Family : std::uint8_t {
    meta,               ///< what the store as a whole is, by name
    blocks,             ///< blocks by hash
    block_index,        ///< what is kept of each block beside its transactions, in order of arrival
    coins,              ///< unspent coins by outpoint, as they are after the tip
    undo,               ///< coins that each block on the way to the tip spent, by the block's hash
    bans,               ///< hosts that are not spoken with
    wallet,             ///< what the chain means to wallets that follow it (net/wallet)
    transaction_index,  ///< where on the chain each transaction lies, by id
    address_index,      ///< what happened to each address, and the coins that it has
};
inline constexpr std::size_t family_count = 9;

enum class OpenFault : std::uint8_t {
    in_use,         ///< another process has it open
    not_a_store,    ///< a folder with other things in it
    newer_format,   ///< written by a later version of the program
    other_network,  ///< of another genesis block
    damaged,
    unreachable,  ///< the folder cannot be made, read or written
};

/// Why a store was not opened, and a text that says where, and what to do. Nothing was changed.
struct OpenError {
    OpenFault fault{};
    std::string text;
};

/// The error with a text that names the folder; `what` says the rest of the sentence.
[[nodiscard]] OpenError open_error(OpenFault fault, const std::string& folder,
                                   const std::string& what);

/// Whether a database lies in this folder.
[[nodiscard]] bool is_database(const std::string& folder);

struct DatabaseOptions {
    /// Memory for what was read and may be read again.
    std::size_t cache_bytes = std::size_t{8} << 20U;
    /// Memory for what was written and not sorted into files yet.
    std::size_t write_buffer_bytes = std::size_t{16} << 20U;
    /// Whether what was written survives the loss of power; it survives the process in any case.
    bool synced = true;
    /// Called with a text for the operator when the database cannot be read, for nobody could go on
    /// from there. Must not return. Left out: prints it and ends the program with exit code 4.
    std::function<void(const std::string&)> failed{};
};

/// A RocksDB database in a folder: families of keys and values, and atomic writes. Nothing else of
/// the project knows RocksDB. One process at a time has it open. Not thread-safe.
class Database {
public:
    /// Changes to be made all at once or not at all; of two of the same key the later counts. The
    /// database must outlive it.
    class Batch {
    public:
        explicit Batch(const Database& database);
        ~Batch();
        Batch(Batch&&) noexcept;
        Batch& operator=(Batch&&) noexcept;

        void put(Family family, ByteView key, ByteView value);
        void remove(Family family, ByteView key);

    private:
        friend class Database;
        struct Changes;
        std::unique_ptr<Changes> changes_;
    };

    /// Opens the database of this folder, which is made if it does not exist.
    [[nodiscard]] static Result<Database, OpenError> open(const std::string& folder,
                                                          DatabaseOptions options = {});
    ~Database();
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;

    [[nodiscard]] const std::string& folder() const;

    /// The value of a key; nothing if there is none. A damaged one is never given: `failed` is.
    [[nodiscard]] std::optional<Bytes> get(Family family, ByteView key) const;
    /// All keys and values of a family in the order of the keys, while `visit` says true.
    void scan(Family family, const std::function<bool(ByteView key, ByteView value)>& visit) const;
    /// The keys of a family that begin with `prefix` and come before `end`, and their values, the
    /// last first, while `visit` says true. In `address_index` the prefix begins with an address.
    void scan_back(Family family, ByteView prefix, ByteView end,
                   const std::function<bool(ByteView key, ByteView value)>& visit) const;

    /// Makes this folder, which must not exist, and in it a database with what is here now but for
    /// these families. Shares files with it where the file system can (hard links), and costs
    /// little then, but for the space that files take which are no longer needed here.
    [[nodiscard]] Result<void, OpenError> copy_to(const std::string& folder,
                                                  std::span<const Family> left_out) const;

    /// When this returns well, the changes survive the loss of power.
    [[nodiscard]] Result<void, StorageError> write(Batch&& batch);

    /// Says that the database cannot be used, and why, to the operator. Does not return.
    [[noreturn]] void fail(const std::string& what) const;
    /// The same, when it cannot be written.
    [[noreturn]] void fail_to_write() const;

private:
    struct Handle;
    [[noreturn]] void end_with(const std::string& text) const;
    explicit Database(std::unique_ptr<Handle> handle);

    std::unique_ptr<Handle> handle_;
};

}  // namespace bezant::storage
