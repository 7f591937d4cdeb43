// SPDX-License-Identifier: Apache-2.0
#include "sweep/database.hpp"

#include <sqlite3.h>

namespace bezant::sweep {

Database::State::~State() { sqlite3_close_v2(handle); }

void Database::note_failure(State& state) {
    if (state.error.empty()) state.error = sqlite3_errmsg(state.handle);
}

Result<Database, std::string> Database::open(const std::string& path) {
    Database database;
    database.state_ = std::make_shared<State>();
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path.c_str(), &database.state_->handle, flags, nullptr) != SQLITE_OK)
        note_failure(*database.state_);
    // A process that is killed loses no transaction, the last ones may go when the power fails:
    // their runs are then done again. To wait for the disk after each would hold up short runs.
    database.run(
        "PRAGMA locking_mode = EXCLUSIVE;"
        "PRAGMA journal_mode = WAL;"
        "PRAGMA synchronous = NORMAL;"
        "BEGIN IMMEDIATE; COMMIT;");
    if (database.failed()) return unexpected(database.error());
    return database;
}

void Database::run(const std::string& statements) {
    if (failed()) return;
    if (sqlite3_exec(state_->handle, statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        note_failure(*state_);
}

Statement Database::prepare(const std::string& statement) {
    sqlite3_stmt* made = nullptr;
    if (!failed() &&
        sqlite3_prepare_v2(state_->handle, statement.c_str(), -1, &made, nullptr) != SQLITE_OK)
        note_failure(*state_);
    return Statement{state_, made};
}

void Statement::Finaliser::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

void Statement::heed(int code) {
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
        Database::note_failure(*state_);
}

Statement& Statement::bind(std::int64_t value) {
    if (statement_) heed(sqlite3_bind_int64(statement_.get(), ++bound_, value));
    return *this;
}

Statement& Statement::bind(double value) {
    if (statement_) heed(sqlite3_bind_double(statement_.get(), ++bound_, value));
    return *this;
}

Statement& Statement::bind(std::string_view value) {
    if (statement_) {
        heed(sqlite3_bind_text64(statement_.get(), ++bound_, value.data(), value.size(),
                                 SQLITE_TRANSIENT, SQLITE_UTF8));
    }
    return *this;
}

Statement& Statement::bind_null() {
    if (statement_) heed(sqlite3_bind_null(statement_.get(), ++bound_));
    return *this;
}

bool Statement::step() {
    if (!statement_ || !state_->error.empty()) return false;
    const int code = sqlite3_step(statement_.get());
    heed(code);
    return code == SQLITE_ROW;
}

void Statement::run() {
    while (step()) {
    }
    if (statement_) sqlite3_reset(statement_.get());
    bound_ = 0;
}

int Statement::columns() const { return sqlite3_column_count(statement_.get()); }

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

double Statement::number(int column) const {
    return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const {
    const unsigned char* bytes = sqlite3_column_text(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr ? std::string{} : std::string{bytes, bytes + size};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

bool Statement::is_text(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_TEXT;
}

bool Statement::is_integer(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_INTEGER;
}

std::string quoted_name(std::string_view name) {
    std::string quoted = "\"";
    for (const char letter : name) {
        quoted += letter;
        if (letter == '"') quoted += letter;
    }
    return quoted + '"';
}

}  // namespace bezant::sweep
