// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace bezant::sweep {

class Statement;

/// An SQLite file that this process alone uses. The first failure sticks: after it nothing is done
/// any more, and `error` says why, so that whoever does many things asks once at their end.
class Database {
public:
    /// Opens the file, or makes it. The error says why it could not be, without the file's name.
    [[nodiscard]] static Result<Database, std::string> open(const std::string& path);

    /// One or more statements without results.
    void run(const std::string& statements);
    [[nodiscard]] Statement prepare(const std::string& statement);

    [[nodiscard]] const std::string& error() const { return state_->error; }
    [[nodiscard]] bool failed() const { return !state_->error.empty(); }

private:
    friend class Statement;

    struct State {
        ~State();
        sqlite3* handle = nullptr;
        std::string error;
    };
    static void note_failure(State& state);

    std::shared_ptr<State> state_;
};

/// A statement, to be run once or several times.
class Statement {
public:
    Statement(Statement&&) noexcept = default;
    Statement& operator=(Statement&&) noexcept = default;

    /// Values in the order of the question marks.
    Statement& bind(std::int64_t value);
    Statement& bind(double value);
    Statement& bind(std::string_view value);
    Statement& bind_null();

    /// Whether there is a (further) row.
    [[nodiscard]] bool step();
    /// All of a statement without results; it can be bound again afterwards.
    void run();

    [[nodiscard]] int columns() const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double number(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] bool is_text(int column) const;
    [[nodiscard]] bool is_integer(int column) const;

private:
    friend class Database;

    struct Finaliser {
        void operator()(sqlite3_stmt* statement) const;
    };

    Statement(std::shared_ptr<Database::State> state, sqlite3_stmt* statement)
        : state_(std::move(state)), statement_(statement) {}
    void heed(int code);

    std::shared_ptr<Database::State> state_;
    std::unique_ptr<sqlite3_stmt, Finaliser> statement_;
    int bound_ = 0;
};

/// The name as SQL has it, whatever is in it.
[[nodiscard]] std::string quoted_name(std::string_view name);

}  // namespace bezant::sweep
